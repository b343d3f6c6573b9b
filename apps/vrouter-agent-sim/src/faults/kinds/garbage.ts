import { z } from 'zod';
import { defineFault } from '../fault.ts';

const BYTES_MAX = 1024 * 1024;

/** The request is carried out; random bytes are sent in the place of the answer. */
export const garbage = defineFault(
  'garbage',
  z.strictObject({ bytes: z.int().min(1).max(BYTES_MAX).default(64) }),
  ({ bytes }, { random }) => ({
    http: async (next, { wire }) => {
      await next();
      await wire.write(Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))));
      wire.close();
      return undefined;
    },
  }),
);
