import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { wait } from '../wait.ts';

const MS_MAX = 3_600_000;

/** Requests wait until the rules are swapped, or for `ms`; then they are carried out, heard or not. */
export const freeze = defineFault(
  'freeze',
  z.strictObject({ ms: z.number().min(0).max(MS_MAX).optional() }),
  ({ ms }, { clock, signal }) => ({
    http: async (next) => {
      await wait(clock, ms, signal);
      return next();
    },
  }),
);
