/** What this package asks of a clock. */
export interface Timer {
  /** Calls `action` once, `delayMs` from now, unless the returned function is called before. */
  schedule(delayMs: number, action: () => void): () => void;
}

export const systemTimer: Timer = {
  schedule(delayMs, action) {
    const timeout = setTimeout(action, delayMs);
    return () => clearTimeout(timeout);
  },
};
