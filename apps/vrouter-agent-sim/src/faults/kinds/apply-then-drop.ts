import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The request is carried out and saved, but the connection is closed instead of answering. */
export const applyThenDrop = defineFault('apply-then-drop', z.strictObject({}), () => ({
  http: async (next, { wire }) => {
    await next();
    wire.close();
    return undefined;
  },
}));
