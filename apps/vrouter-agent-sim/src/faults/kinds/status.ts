import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** This answer, and nothing is carried out. `body`: text as it is, anything else as JSON. */
export const status = defineFault(
  'status',
  z.strictObject({ status: z.int().min(200).max(599), body: z.json().optional() }),
  ({ status: code, body = { error: 'A fault was asked for' } }) => ({
    http: async () => ({ status: code, body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }),
);
