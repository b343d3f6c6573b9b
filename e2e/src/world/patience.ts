import { availableParallelism, loadavg } from 'node:os';

const SWEEP_MS = 1_500;
const SLOWNESS_MAX = 4;
/** Runnable processes per core with which a machine still counts as quiet. */
const QUIET_LOAD = 2;

/**
 * How long after a sync agents sweep. Scenarios wait for that, so it is short; but ports that should live must be added
 * again before, and on a machine that is loaded already processes may wait their turn for longer.
 */
export function sweepAfterMs(
  [load = 0]: readonly number[] = loadavg(),
  cores = availableParallelism(),
): number {
  const slowness = load / cores / QUIET_LOAD;
  return SWEEP_MS * Math.min(Math.max(slowness, 1), SLOWNESS_MAX);
}
