import { Port } from '@vrouter/port-model';
import { z } from 'zod';
import type { LedgerRow } from '../sync/state.ts';

/** A row as SQLite keeps it; the records as JSON. */
export interface StoredRow {
  readonly port_id: string;
  readonly desired: string | null;
  readonly held: string | null;
}

const Desired = z.object({ port: Port, enabled: z.boolean() });
const Held = z.object({ port: Port, ambiguous: z.boolean() });

export function jsonOf(record: unknown): string | null {
  return record === undefined ? null : JSON.stringify(record);
}

/** Throws an Error that names the port when the row is not one of ours. */
export function readRow({ port_id: portId, desired, held }: StoredRow): LedgerRow {
  try {
    return {
      portId,
      desired: desired === null ? undefined : Desired.parse(JSON.parse(desired)),
      held: held === null ? undefined : Held.parse(JSON.parse(held)),
    };
  } catch (error) {
    throw new Error(`the row of port ${portId} is damaged: ${oneLine(error)}`, { cause: error });
  }
}

function oneLine(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  const [first, ...more] = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return more.length === 0 ? `${first}` : `${first}; and ${more.length} more problems`;
}
