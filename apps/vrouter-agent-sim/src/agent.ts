import type { Clock, Logger } from '@vrouter/service-kit';
import type { Command, Outcome, PortEntry, Table } from './ports/model.ts';
import type { Arrived, Effect, Input, Rules } from './ports/protocol.ts';
import type { State } from './ports/state.ts';
import { begin, step } from './ports/table.ts';
import { SaveReporter } from './save-reporter.ts';
import { systemPace, type Pace } from './pace.ts';
import type { Loaded, PortStore } from './store/store.ts';

export interface AgentOptions {
  readonly store: PortStore;
  /** What `store` loaded. */
  readonly loaded: Loaded;
  readonly rules: Rules;
  readonly clock: Clock;
  readonly log: Logger;
  /** Lets everything else that can run do so once. */
  readonly turn?: Pace['turn'];
}

/** The table with hands: gives it commands and time, saves and answers what it says. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #reporter: SaveReporter;
  readonly #turn: Pace['turn'];
  readonly #replies = new Map<number, (outcome: Outcome) => void>();
  readonly #changedListeners: (() => void)[] = [];
  readonly #sweptListeners: ((generation: number, count: number) => void)[] = [];
  readonly #whenIdle: (() => void)[] = [];
  #state: State;
  #requestCount = 0;
  readonly #arrived: Arrived[] = [];
  #cancelWake: () => void = () => undefined;
  #isStopping = false;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#turn = options.turn ?? systemPace.turn;
    this.#reporter = new SaveReporter(options.log);
    const [state, effects] = begin(options.rules, options.loaded, options.clock.now());
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
  }

  /** What is saved. Read it; it changes under the hands of whoever keeps it. */
  get table(): Table {
    return this.#state.table;
  }

  port(id: string): PortEntry | undefined {
    return this.#state.table.ports.get(id);
  }

  /** Resolves when `command` is done and saved, or refused; never rejects. */
  request(command: Command): Promise<Outcome> {
    if (this.#isStopping) return Promise.resolve({ ok: false, code: 'STOPPING' });
    const request = ++this.#requestCount;
    return new Promise((resolve) => {
      this.#replies.set(request, resolve);
      // All that the network brought at once is saved at once, instead of the first alone and the rest behind it.
      if (this.#arrived.push({ request, command }) === 1) void this.#turn().then(() => this.#takeArrived()); // never rejects
    });
  }

  /** Calls `listener` after each sweep, with the generation that everything older than was removed, and how many. */
  onSwept(listener: (generation: number, count: number) => void): void {
    this.#sweptListeners.push(listener);
  }

  /** Calls `listener` after each change of the table; maybe also when nothing has changed. */
  onChanged(listener: () => void): void {
    this.#changedListeners.push(listener);
  }

  /** Takes no more commands, and resolves when those under way are answered. Sweeps to come are left to the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancelWake();
    await this.settled();
  }

  /** Resolves when nothing waits or is being saved. */
  async settled(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #takeArrived(): void {
    if (this.#arrived.length === 0) return; // a batch that ended took them
    this.#input({ kind: 'commands', arrived: this.#arrived.splice(0) });
  }

  #input(input: Input): void {
    const [state, effects] = step(this.#state, input, this.#options.clock.now());
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (input.kind === 'persisted' || effects.some(({ kind }) => kind === 'reply'))
      for (const listener of this.#changedListeners) listener();
    if (this.#isIdle()) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #carryOut(effect: Effect): void {
    const { clock, log } = this.#options;
    switch (effect.kind) {
      case 'persist':
        void this.#persist(effect); // one at a time, and `stop` waits for it; it rejects only for a defect, which ends the process
        return;
      case 'reply':
        this.#replies.get(effect.request)?.(effect.outcome);
        this.#replies.delete(effect.request);
        return;
      case 'wake':
        this.#cancelWake();
        if (this.#isStopping) return;
        this.#cancelWake = clock.schedule(effect.atMs - clock.now(), () => this.#input({ kind: 'tick' }));
        return;
      case 'swept':
        log.info({ generation: effect.generation, count: effect.count }, 'swept');
        for (const listener of this.#sweptListeners) listener(effect.generation, effect.count);
        return;
    }
  }

  async #persist({ batch, changes }: Effect & { kind: 'persist' }): Promise<void> {
    let outcome: Input = { kind: 'persisted', batch };
    try {
      await this.#options.store.apply(changes);
      this.#reporter.saved();
    } catch (error) {
      this.#reporter.failed(error);
      outcome = { kind: 'persist-failed', batch, reason: (error as Error).message };
    }
    this.#takeArrived(); // into the next batch, which begins now, and not into the one after it
    this.#input(outcome);
  }

  #isIdle(): boolean {
    return this.#arrived.length === 0 && this.#state.batch === undefined && this.#state.queue.length === 0;
  }
}
