import type { AgentModel, Ask, Said } from '@vrouter/testkit/history';

interface Open {
  readonly ask: Ask;
  readonly ids: ReadonlySet<string>;
  /** Nobody can say in which order the agent did it and another one, or whether it did it at all. */
  isInDoubt: boolean;
}

/** What is tried twice in every order covers all orders of as many requests as there can be of one port at a time. */
const PASSES = 2;

/**
 * Requests travel on several connections. Of two for one port that were under way at the same time, which happens once
 * the plugin has given one up, nobody outside knows which the agent did first: every order counts as possible.
 */
export class Entanglement {
  readonly #model: AgentModel;
  readonly #open = new Map<number, Open>();
  /** Over, but entangled with others that are not, or that have left the outcome open. */
  #doubtful: Ask[] = [];
  #extra = 0;

  constructor(model: AgentModel) {
    this.#model = model;
  }

  opened(key: number, ask: Ask, isInDoubt: boolean): void {
    const opening: Open = { ask, ids: idsOf(ask), isInDoubt };
    for (const other of this.#open.values()) {
      if (!touches(opening, other)) continue;
      if (ask.kind !== 'get') other.isInDoubt = true;
      if (other.ask.kind !== 'get') opening.isInDoubt = true;
    }
    this.#open.set(key, opening);
  }

  /** What the answer is worth. */
  closed(key: number, said: Said): Said {
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open === undefined || !open.isInDoubt) return said;
    this.#doubtful.push(open.ask);
    return 'unknown';
  }

  /** What is under way may be answered with lies. */
  doubt(): void {
    for (const open of this.#open.values()) open.isInDoubt = true;
  }

  /** Tells the model of all orders that were possible, once nothing is in doubt any more. */
  settle(): void {
    if (this.#doubtful.length === 0 || [...this.#open.values()].some(({ isInDoubt }) => isInDoubt)) return;
    const asks = this.#doubtful.filter(({ kind }) => kind !== 'sync' && kind !== 'get');
    for (let pass = 0; pass < PASSES; pass += 1) for (const ask of asks) this.#maybe(ask);
    this.#doubtful = [];
  }

  /** The agent is gone: what was open may have been done. */
  forget(): void {
    for (const { ask } of this.#open.values()) this.#doubtful.push(ask);
    this.#open.clear();
    this.settle();
  }

  #maybe(ask: Ask): void {
    // Below zero: no request has such a key.
    const key = --this.#extra;
    this.#model.arrived(key, ask);
    this.#model.answered(key, 'unknown');
  }
}

function touches(one: Open, other: Open): boolean {
  return one.ask.kind === 'sync' || other.ask.kind === 'sync' || [...one.ids].some((id) => other.ids.has(id));
}

function idsOf(ask: Ask): Set<string> {
  if (ask.kind === 'sync') return new Set();
  return new Set(ask.kind === 'add' ? ask.ports.map(({ id }) => id) : [ask.id]);
}
