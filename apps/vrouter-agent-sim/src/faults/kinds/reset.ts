import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The connection is reset; nothing is carried out. */
export const reset = defineFault('reset', z.strictObject({}), () => ({
  http: async (_next, { wire }) => {
    wire.reset();
    return undefined;
  },
}));
