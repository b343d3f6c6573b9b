import { update } from '../ports/add-rule.ts';
import type { Change, Command, Outcome, PortEntry } from '../ports/model.ts';
import type { Effect, Input, Rules } from '../ports/protocol.ts';
import type { State } from '../ports/state.ts';
import { begin, step } from '../ports/table.ts';
import { MemoryStore } from './memory-store.ts';

export const STALE_TIMEOUT_MS = 60_000;
export const NOT_SAVED: Outcome = { ok: false, code: 'NOT_SAVED', detail: 'ENOSPC' };

/** Feeds `step`, and lets the test decide when a batch is saved, and whether. */
export class TableDriver {
  readonly store = new MemoryStore();
  readonly replies = new Map<number, Outcome>();
  readonly batches: (readonly Change[])[] = [];
  sweptCounts: number[] = [];
  nowMs = 1_000_000;
  /** Batches are saved at once unless held. */
  isHolding = false;
  state!: State;
  wakeAtMs: number | undefined;
  #inFlight: (Effect & { kind: 'persist' }) | undefined;
  #requestCount = 0;
  readonly #rules: Rules;

  constructor(rules: Partial<Rules> = {}) {
    this.#rules = {
      add: update,
      generationsTold: Infinity,
      staleTimeoutMs: STALE_TIMEOUT_MS,
      batchCommandsMax: 1,
      queueLengthMax: 100,
      deadlinesMax: 10,
      sweepSliceMax: 2,
      sweepRetryMs: 1000,
      ...rules,
    };
    this.restart();
  }

  /** Sends `command`; its number is the key into `replies`. */
  send(command: Command): number {
    const request = ++this.#requestCount;
    this.input({ kind: 'commands', arrived: [{ request, command }] });
    return request;
  }

  /** Sends `command` and returns the reply, which must come at once. */
  do(command: Command): Outcome {
    const outcome = this.replies.get(this.send(command));
    if (outcome === undefined) throw new Error(`no reply to ${command.kind}`);
    return outcome;
  }

  /** Ends the batch in flight, if any; later ones are again held. */
  finish(result: 'saved' | 'failed'): boolean {
    const effect = this.#inFlight;
    if (effect === undefined) return false;
    this.#inFlight = undefined;
    if (result === 'saved') this.store.save(effect.changes);
    this.input(
      result === 'saved'
        ? { kind: 'persisted', batch: effect.batch }
        : { kind: 'persist-failed', batch: effect.batch, reason: 'ENOSPC' },
    );
    return true;
  }

  advance(ms: number): void {
    const endMs = this.nowMs + ms;
    while (this.wakeAtMs !== undefined && this.wakeAtMs <= endMs) {
      this.nowMs = Math.max(this.nowMs, this.wakeAtMs);
      this.wakeAtMs = undefined;
      this.input({ kind: 'tick' });
    }
    this.nowMs = endMs;
  }

  /** Loses everything that is not saved. */
  restart(): void {
    this.#inFlight = undefined;
    this.wakeAtMs = undefined;
    const [state, effects] = begin(this.#rules, this.store.saved(), this.nowMs);
    this.state = state;
    this.#carryOut(effects);
  }

  port(id: string): PortEntry | undefined {
    return this.state.table.ports.get(id);
  }

  input(input: Input): void {
    const [state, effects] = step(this.state, input, this.nowMs);
    this.state = state;
    this.#carryOut(effects);
  }

  #carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'reply') this.replies.set(effect.request, effect.outcome);
      if (effect.kind === 'wake') this.wakeAtMs = effect.atMs;
      if (effect.kind === 'swept') this.sweptCounts.push(effect.count);
      if (effect.kind === 'persist') {
        if (this.#inFlight !== undefined) throw new Error('two batches in flight');
        this.batches.push(effect.changes);
        this.#inFlight = effect;
      }
    }
    if (!this.isHolding) this.finish('saved');
  }
}
