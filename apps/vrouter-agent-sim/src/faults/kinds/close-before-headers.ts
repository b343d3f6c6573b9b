import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The connection is closed without a byte; nothing is carried out. */
export const closeBeforeHeaders = defineFault('close-before-headers', z.strictObject({}), () => ({
  http: async (_next, { wire }) => {
    wire.close();
    return undefined;
  },
}));
