import { z } from 'zod';
import { DISK_CALLS } from '../disk/disk-fault.ts';
import { defineFault } from '../fault.ts';
import { wait } from '../wait.ts';

const MS_MAX = 60_000;
/** These return at once by contract, so they cannot wait. */
const IMMEDIATE = new Set(['stage', 'publish', 'discard']);

/** Calls that change the disk take `ms` longer, in real time: disks do not stand still when the agent's clock does. */
export const slowDisk = defineFault(
  'slow-disk',
  z.strictObject({ ms: z.number().min(0).max(MS_MAX) }),
  ({ ms }, { realClock, signal }) => ({
    disk: {
      calls: DISK_CALLS.filter((name) => !IMMEDIATE.has(name)),
      wait: () => wait(realClock, ms, signal),
    },
  }),
);
