import { AgentModel, Violation, type Ask, type Said } from '@vrouter/testkit/history';
import { Entanglement } from './entanglement.ts';
import type { Happening, HistoryEvent } from './event.ts';

/** What is known of the agents of a campaign. */
export interface AgentFacts {
  readonly staleTimeoutMs: number;
  /** It keeps its ports as the real agent does: every profile but `blueprint`. */
  readonly isReal: boolean;
}

/** Plays what happened at one agent to the model. Throws `Violation` at the event that no honest agent could bring about. */
export class AgentHistory {
  readonly #name: string;
  readonly #model: AgentModel;
  readonly #entanglement: Entanglement;
  readonly #asks = new Map<number, Ask>();
  #nowMs = 0;
  /** How much further its own clock is. */
  #aheadMs = 0;
  #isLying = false;
  #owesSync = false;
  /** How often its table was held against the model. */
  tables = 0;

  constructor(name: string, { staleTimeoutMs, isReal }: AgentFacts) {
    this.#name = name;
    const clock = { now: () => this.#nowMs + this.#aheadMs, schedule: () => () => undefined };
    this.#model = new AgentModel(clock, staleTimeoutMs, isReal);
    this.#entanglement = new Entanglement(this.#model);
  }

  play(event: HistoryEvent): void {
    this.#nowMs = event.atMs;
    if (event.kind === 'plugin-starting') this.#owesSync = true;
    if (!('agent' in event) || event.agent !== this.#name) return;
    this.#happen(event);
  }

  /** Ports that it has for certain, and their records. */
  certain(): ReadonlyMap<string, string> {
    return this.#model.certain();
  }

  #happen(event: Extract<Happening, { readonly agent: string }>): void {
    switch (event.kind) {
      case 'asked':
        this.#checkOrder(event.ask);
        this.#asks.set(event.key, event.ask);
        this.#entanglement.opened(event.key, event.ask, this.#isLying);
        return this.#model.arrived(event.key, event.ask);
      case 'answered':
        if (!this.#asks.delete(event.key)) throw new Error(`#${event.key} was never asked`);
        this.#model.answered(event.key, this.#entanglement.closed(event.key, saidBy(event.status)));
        return this.#entanglement.settle();
      case 'died':
        this.#isLying = false;
        this.#entanglement.forget();
        return this.#model.died('killed');
      case 'starting':
        return this.#model.started();
      case 'lying':
        this.#isLying = event.isLying;
        return this.#entanglement.doubt();
      case 'clock':
        this.#aheadMs += event.advanceMs;
        return;
      case 'table':
        this.tables += 1;
        this.#model.check(new Map(Object.entries(event.ports)));
    }
  }

  /** The plugin begins each life with a sync. */
  #checkOrder(ask: Ask): void {
    if (!this.#owesSync || ask.kind === 'get') return;
    if (ask.kind !== 'sync')
      throw new Violation('sync-first', `${ask.kind} was sent before the first sync of the plugin's life`);
    this.#owesSync = false;
  }
}

function saidBy(status: number | null): Said {
  if (status === null) return 'unknown';
  if (status === 200) return 'done';
  return status === 404 ? 'absent' : 'not-done';
}
