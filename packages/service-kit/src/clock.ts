/** Time as a constructor parameter, so that tests can drive it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` once, `delayMs` from now, unless the returned function is called before. */
  schedule(delayMs: number, action: () => void): () => void;
}

/** setTimeout fires at once for longer delays. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/**
 * Wall-clock time of the process's start, plus the time that really went by since: whoever sets the machine's clock
 * must neither bring a sweep forward nor put a retry off.
 */
export const systemClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  schedule(delayMs, action) {
    const timer = setTimeout(action, Math.min(Math.max(delayMs, 0), DELAY_MS_MAX));
    return () => clearTimeout(timer);
  },
};
