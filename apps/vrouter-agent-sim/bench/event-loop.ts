/** Measures for how long the process did nothing else than one thing. */
export function watchEventLoop(): { reset(): void; longestMs(): number } {
  let longestMs = 0;
  let lastMs = performance.now();
  const turn = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  setInterval(turn, 1).unref();
  return {
    reset: () => {
      lastMs = performance.now();
      longestMs = 0;
    },
    longestMs: () => longestMs,
  };
}
