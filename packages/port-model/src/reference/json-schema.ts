import { z } from 'zod';
import { Port } from '../port.ts';

/** JSON Schema (2020-12) of a port as clients may send it. */
export function portJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(Port, { io: 'input', target: 'draft-2020-12' });
}

/** JSON Schema of what `schema` reads, for use inside another document. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
