import type { Exchange, Observer } from '../proxy/exchange.ts';
import {
  ABSENT,
  acknowledged,
  contradiction,
  meanwhile,
  UNKNOWN,
  type Held,
  type Knowledge,
} from './knowledge.ts';

interface Mention {
  knowledge: Knowledge;
  /** Requests so far that could have changed the port. */
  count: number;
  /** Of these, the ones without an answer yet. */
  open: number;
}

/**
 * What one agent must hold, from the answers that it gave: every port whose add was answered and that nothing has
 * touched since, and no port whose delete was answered last. What is in flight, lost, overlapping, or open to the
 * sweep of a sync counts as unknown until the next answer settles it.
 */
export class AcknowledgedPorts {
  readonly #mentions = new Map<string, Mention>();
  #acknowledged = 0;
  #syncs = 0;
  #openSyncs = 0;

  /** How many requests were answered with success. */
  get count(): number {
    return this.#acknowledged;
  }

  readonly observer: Observer = (exchange) => {
    const end = exchange.operation === 'sync' ? this.#sync(exchange) : this.#touch(exchange);
    return (status) => {
      if (status === 200) this.#acknowledged += 1;
      end(status);
    };
  };

  /** What in `table`, the agent's by port id, contradicts the answers. Only while nothing is in flight. */
  contradictions(table: ReadonlyMap<string, Held>): readonly string[] {
    const ids = new Set([...this.#mentions.keys(), ...table.keys()]);
    return [...ids].flatMap((id) => {
      const text = contradiction(this.#mentions.get(id)?.knowledge ?? ABSENT, table.get(id));
      return text === undefined ? [] : [`port ${id}: ${text}`];
    });
  }

  #sync(exchange: Exchange): () => void {
    this.#syncs += 1;
    this.#openSyncs += 1;
    for (const mention of this.#mentions.values()) mention.knowledge = meanwhile(exchange, mention.knowledge);
    return () => void (this.#openSyncs -= 1);
  }

  #touch(exchange: Exchange): (status: number | undefined) => void {
    const ends = exchange.portIds.map((id) => this.#touchOne(id, exchange));
    return (status) => {
      for (const end of ends) end(status);
    };
  }

  #touchOne(id: string, exchange: Exchange): (status: number | undefined) => void {
    const mention = this.#mentions.get(id) ?? { knowledge: ABSENT, count: 0, open: 0 };
    this.#mentions.set(id, mention);
    const { knowledge: before, open } = mention;
    const alone = open === 0 && this.#openSyncs === 0;
    const [count, syncs] = [++mention.count, this.#syncs];
    mention.open += 1;
    mention.knowledge = meanwhile(exchange, before);
    return (status) => {
      mention.open -= 1;
      if (!alone || mention.count !== count || this.#syncs !== syncs) mention.knowledge = UNKNOWN;
      else if (status === 200) mention.knowledge = acknowledged(exchange, id, before);
      else if (status !== undefined && status < 500) mention.knowledge = before;
    };
  }
}
