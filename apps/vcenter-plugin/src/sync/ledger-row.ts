import { sameIdentity } from '@vrouter/port-model';
import { mayHold, uncertain, type Held, type PortEntry } from './port-entry.ts';
import type { LedgerRow } from './state.ts';

/** What a crash must not lose; a record that was never confirmed stands in `desired` already. */
export function rowOf(entry: PortEntry): LedgerRow {
  return { portId: entry.id, desired: entry.desired, held: mayHold(entry) };
}

/** A crash may have lost the last confirmation: the agent holds the held record, the desired one, or nothing. */
export function heldOf({ desired, held }: LedgerRow): Held | undefined {
  const port = held?.port ?? desired?.port;
  if (port === undefined) return undefined;
  const differ = held !== undefined && desired !== undefined && !sameIdentity(held.port, desired.port);
  return { ...uncertain(port), ambiguous: differ || held?.ambiguous === true };
}
