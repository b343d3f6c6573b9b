/**
 * The share of time that files may take while requests come: nothing until half of those wait that may, then more with
 * each, and all when no more may. So a burst is answered at full speed, and a load that never ends finds its balance
 * instead of stopping and starting.
 */
export function shareOfFiles(waitingCount: number, waitingMax: number): number {
  return Math.min(1, Math.max(0, (2 * waitingCount) / waitingMax - 1));
}

/** May files take `sliceMs` now, if they took none for `pausedMs`, and are to have no more than `share` of the time? */
export function isTimeForFiles(share: number, sliceMs: number, pausedMs: number): boolean {
  return sliceMs <= share * (sliceMs + pausedMs);
}
