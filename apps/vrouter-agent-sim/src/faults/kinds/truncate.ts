import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The request is carried out; of the answer only the first `bytes` are sent, half of it unless said otherwise. */
export const truncate = defineFault(
  'truncate',
  z.strictObject({ bytes: z.int().min(0).optional() }),
  ({ bytes }) => ({
    http: async (next, { wire }) => {
      const answer = await next();
      if (answer === undefined) return undefined;
      const whole = wire.bytesOf(answer);
      await wire.write(whole.subarray(0, Math.min(bytes ?? whole.length / 2, whole.length - 1)));
      wire.close();
      return undefined;
    },
  }),
);
