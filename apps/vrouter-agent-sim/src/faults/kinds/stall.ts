import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { wait } from '../wait.ts';

const MS_MAX = 3_600_000;

/**
 * The request is carried out; after the first `bytes` of the answer, half of it by default, the connection stays open and
 * nothing more comes until `ms` are over or the rules are swapped. Then the rest comes, and the connection is closed.
 */
export const stall = defineFault(
  'stall',
  z.strictObject({ bytes: z.int().min(0).optional(), ms: z.number().min(0).max(MS_MAX).optional() }),
  ({ bytes, ms }, { clock, signal }) => ({
    http: async (next, { wire }) => {
      const answer = await next();
      if (answer === undefined) return undefined;
      const whole = wire.bytesOf(answer);
      const cut = Math.floor(bytes ?? whole.length / 2);
      await wire.write(whole.subarray(0, cut));
      await wait(clock, ms, signal);
      await wire.write(whole.subarray(cut));
      wire.close();
      return undefined;
    },
  }),
);
