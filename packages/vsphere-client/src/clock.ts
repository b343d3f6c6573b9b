/** Time as a parameter, so that tests can drive it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` once, `delayMs` from now, unless the returned function is called before. */
  schedule(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`, or at once when `signal` is aborted. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(delayMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
