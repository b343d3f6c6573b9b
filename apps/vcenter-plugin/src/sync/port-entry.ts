import { sameIdentity, samePort, type Port } from '@vrouter/port-model';
import type { DesiredPort } from '../binding/desired-port.ts';

/** The record that the agent may hold, or (`ambiguous`) one of several: only a delete makes that certain. */
export interface HeldRecord {
  readonly port: Port;
  readonly ambiguous: boolean;
}

/** What the agent may hold for a port, as far as we know. Absent: it certainly holds nothing. */
export interface Held extends HeldRecord {
  /** Epoch of the add that the agent confirmed; 0 while none is confirmed. */
  readonly epoch: number;
  /** Known only after a confirmed enable or disable. */
  readonly enabled: boolean | undefined;
}

/** One port of one agent: what it should be, what it may be, and how far we are. */
export interface PortEntry {
  readonly id: string;
  desired: DesiredPort | undefined;
  held: Held | undefined;
  /** Under way: at most one request per port. */
  inFlight: PortOperation | undefined;
  /** It changed, or failed: goes before what is only repeated. */
  urgent: boolean;
  /** Failures since the last success or change. */
  attempts: number;
  /** Times in a row that an add was confirmed, and then the agent did not have the port. */
  losses: number;
  lastError: string | undefined;
  /** Nothing is sent before this moment (ms since 1970). */
  notBeforeMs: number;
  /** The agent refused it as invalid. */
  refused: boolean;
  /** To be sent alone: it was part of an array that the agent did not take. */
  alone: boolean;
  /** A request that timed out may still arrive until this moment, or for as long after the agent answers again. */
  unsettledUntilMs: number;
  /** The records of adds that timed out and may still arrive. */
  lateAdds: readonly Port[];
  /** Then the confirmed state is sent once more, in case an older request arrived after it; 0 for never. */
  repeatAtMs: number;
  /** While it waits: until when. */
  dueMs: number;
  /** It has moved, and is kept only until it has arrived elsewhere. */
  leaving: boolean;
  /** The epoch of the last sync that it is known to have outlived. */
  verifiedEpoch: number;
}

export type PortOperation = 'add' | 'delete' | 'enable' | 'disable' | 'verify';

export function newEntry(id: string): PortEntry {
  return {
    id,
    desired: undefined,
    held: undefined,
    inFlight: undefined,
    urgent: true,
    attempts: 0,
    losses: 0,
    lastError: undefined,
    notBeforeMs: 0,
    refused: false,
    alone: false,
    unsettledUntilMs: 0,
    lateAdds: [],
    repeatAtMs: 0,
    dueMs: 0,
    leaving: false,
    verifiedEpoch: 0,
  };
}

/** A record that the agent may or may not have. */
export function uncertain(port: Port): Held {
  return { port, epoch: 0, enabled: undefined, ambiguous: false };
}

/** What the agent may hold when every add that may still arrive has done so. */
export function mayHold({ held, lateAdds }: PortEntry): HeldRecord | undefined {
  const port = held?.port ?? lateAdds.at(-1);
  if (port === undefined) return undefined;
  // The real agent ignores an add of a port that it has: if an older record came first, that one stays.
  const ambiguous = held?.ambiguous === true || lateAdds.some((late) => !sameIdentity(late, port));
  return { port, ambiguous };
}

/**
 * The next request that brings the agent closer to the desired port, or undefined when there is nothing to do.
 * A change of identity is a delete, confirmed, and only then an add: the real agent ignores new values in a repeated
 * add. Adds confirmed before `epoch` count no more. `linkStates`: does the agent know enable and disable?
 */
export function nextOperation(
  entry: PortEntry,
  epoch: number,
  linkStates: boolean,
): Exclude<PortOperation, 'verify'> | undefined {
  const { desired, held, leaving } = entry;
  if (desired === undefined) return held === undefined ? undefined : 'delete';
  // What is about to go stays as it is: a delete and an add would only break it before it is made elsewhere.
  if (held === undefined) return leaving ? undefined : 'add';
  if (held.ambiguous || !sameIdentity(held.port, desired.port)) return leaving ? undefined : 'delete';
  if (held.epoch < epoch || !samePort(held.port, desired.port)) return 'add';
  if (!linkStates || held.enabled === desired.enabled) return undefined;
  return desired.enabled ? 'enable' : 'disable';
}

/** Gone on both sides: the entry can be forgotten, once nothing of ours can still arrive. */
export function isForgettable(entry: PortEntry): boolean {
  return entry.desired === undefined && entry.held === undefined && entry.inFlight === undefined;
}

/** Something else is desired: what went wrong with it before says nothing any more. */
export function changeDesired(entry: PortEntry, desired: DesiredPort | undefined): PortEntry {
  entry.desired = desired;
  entry.urgent = true;
  entry.losses = 0;
  entry.attempts = 0;
  entry.lastError = undefined;
  entry.notBeforeMs = 0;
  entry.refused = false;
  entry.alone = false;
  return entry;
}

export function succeeded(entry: PortEntry): void {
  entry.attempts = 0;
  entry.lastError = undefined;
  entry.notBeforeMs = 0;
  entry.refused = false;
}

export function failed(entry: PortEntry, error: string, notBeforeMs: number): void {
  entry.attempts += 1;
  entry.lastError = error;
  entry.notBeforeMs = notBeforeMs;
  entry.urgent = true;
}
