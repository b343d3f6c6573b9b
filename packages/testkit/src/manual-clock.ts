import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import { TestkitError } from './errors.ts';

/** More than any honest test runs in one step; a timer that re-arms itself without delay would never end. */
const TIMERS_PER_ADVANCE_MAX = 100_000;

export interface ManualClock extends Clock {
  /** Moves time by `ms`, running what falls due in order of time; promises settle after each timer. */
  advance(ms: number): Promise<void>;
  /** How many timers wait. */
  pendingCount(): number;
}

interface Timer {
  readonly atMs: number;
  readonly action: () => void;
}

/**
 * A clock that stands still until told to move. Promise chains settle between timers; work that waits for real
 * input or output does not count as settled: wait for its effect instead.
 */
export function manualClock(startMs = 0): ManualClock {
  let nowMs = startMs;
  const timers = new Set<Timer>();

  const nextDue = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined;
    // A Set keeps the order of scheduling, which decides between timers of the same moment.
    for (const timer of timers) {
      if (timer.atMs <= untilMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
    }
    return first;
  };

  return {
    now: () => nowMs,
    schedule(delayMs, action) {
      const timer = { atMs: nowMs + Math.max(delayMs, 0), action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      if (!(ms >= 0))
        throw new TestkitError('BAD_ARGUMENT', `advance: expected milliseconds >= 0, got ${ms}`);
      const untilMs = nowMs + ms;
      await nextTurn();
      let count = 0;
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        if (++count > TIMERS_PER_ADVANCE_MAX) {
          throw new TestkitError(
            'CLOCK_RAN_AWAY',
            `More than ${TIMERS_PER_ADVANCE_MAX} timers in one advance`,
          );
        }
        timers.delete(timer);
        nowMs = timer.atMs;
        timer.action();
        await nextTurn();
      }
      nowMs = untilMs;
    },
    pendingCount: () => timers.size,
  };
}
