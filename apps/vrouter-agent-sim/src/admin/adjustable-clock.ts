import type { Clock } from '@vrouter/service-kit';

/** More than any test needs in one step; a timer that sets itself again without delay would never end. */
const TIMERS_PER_ADVANCE_MAX = 100_000;

interface Timer {
  readonly atMs: number;
  readonly action: () => void;
  disarm: (() => void) | undefined;
}

export interface ClockState {
  readonly nowMs: number;
  readonly frozen: boolean;
  /** Timers that wait. */
  readonly pending: number;
}

/** A clock that goes with `base` until it is frozen or set forward. It never goes back. */
export class AdjustableClock implements Clock {
  readonly #base: Clock;
  /** In the order in which they were set, which decides between two of the same moment. */
  readonly #timers = new Set<Timer>();
  #offsetMs = 0;
  #frozenAtMs: number | undefined;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#frozenAtMs ?? this.#base.now() + this.#offsetMs;
  }

  schedule(delayMs: number, action: () => void): () => void {
    const timer: Timer = { atMs: this.now() + Math.max(delayMs, 0), action, disarm: undefined };
    this.#timers.add(timer);
    if (this.#frozenAtMs === undefined) this.#arm(timer);
    return () => {
      timer.disarm?.();
      this.#timers.delete(timer);
    };
  }

  get state(): ClockState {
    return { nowMs: this.now(), frozen: this.#frozenAtMs !== undefined, pending: this.#timers.size };
  }

  /** Time stands still: nothing falls due until it is set forward or goes on. */
  freeze(): void {
    if (this.#frozenAtMs !== undefined) return;
    this.#frozenAtMs = this.now();
    for (const timer of this.#timers) timer.disarm?.();
  }

  /** Time goes on from where it stood. */
  unfreeze(): void {
    if (this.#frozenAtMs === undefined) return;
    this.#offsetMs = this.#frozenAtMs - this.#base.now();
    this.#frozenAtMs = undefined;
    for (const timer of this.#timers) this.#arm(timer);
  }

  /**
   * Sets time forward by `ms`, running what falls due on the way, in order of time; `settle` is awaited after each.
   * One at a time. What `settle` rejects with ends it there.
   */
  async advance(ms: number, settle: () => Promise<void>): Promise<void> {
    const wasFrozen = this.#frozenAtMs !== undefined;
    this.freeze();
    const untilMs = this.now() + ms;
    try {
      await settle();
      let count = 0;
      for (let timer = this.#nextDue(untilMs); timer !== undefined; timer = this.#nextDue(untilMs)) {
        if (++count > TIMERS_PER_ADVANCE_MAX) throw new Error(`more than ${TIMERS_PER_ADVANCE_MAX} timers`);
        this.#timers.delete(timer);
        this.#frozenAtMs = Math.max(timer.atMs, this.now());
        timer.action();
        await settle();
      }
      this.#frozenAtMs = untilMs;
    } finally {
      if (!wasFrozen) this.unfreeze();
    }
  }

  #arm(timer: Timer): void {
    timer.disarm = this.#base.schedule(timer.atMs - this.now(), () => {
      this.#timers.delete(timer);
      timer.action();
    });
  }

  #nextDue(untilMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs <= untilMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
    }
    return first;
  }
}
