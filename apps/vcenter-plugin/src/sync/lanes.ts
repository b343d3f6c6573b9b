import { isForgettable, mayHold, nextOperation, type PortEntry } from './port-entry.ts';
import type { AgentState } from './state.ts';

/** Puts `entry` into the lane where it belongs now, takes it out of every lane, or forgets it. */
export function file(state: AgentState, entry: PortEntry, nowMs: number): void {
  takeOut(state, entry);
  if (entry.inFlight !== undefined) return;
  if (entry.notBeforeMs > nowMs) return wait(state, entry, entry.notBeforeMs);
  if (entry.repeatAtMs > 0 && entry.repeatAtMs <= nowMs) beginRepeat(state, entry, nowMs);
  const operation = nextOperation(entry, state.epoch, state.linkStates);
  if (operation !== undefined) laneFor(state, entry, operation).add(entry);
  else if (entry.repeatAtMs > 0) wait(state, entry, entry.repeatAtMs);
  else if (isForgettable(entry)) state.ports.delete(entry.id);
  else {
    entry.urgent = false;
    if (owesCheck(state, entry)) state.lanes.checks.add(entry);
  }
}

/** All entries again, those whose last confirmation is oldest first. */
export function fileAll(state: AgentState, nowMs: number): void {
  const entries = [...state.ports.values()].sort((a, b) => (a.held?.epoch ?? 0) - (b.held?.epoch ?? 0));
  for (const entry of entries) file(state, entry, nowMs);
}

/** The entries whose time has come. */
export function fileDue(state: AgentState, nowMs: number): void {
  for (const entry of state.lanes.later) if (entry.dueMs <= nowMs) file(state, entry, nowMs);
}

export function takeOut(state: AgentState, entry: PortEntry): void {
  for (const lane of Object.values(state.lanes)) lane.delete(entry);
}

/** The earliest moment at which an entry of `later` is due. */
export function nextDueMs(state: AgentState): number {
  let earliest = Infinity;
  for (const entry of state.lanes.later) earliest = Math.min(earliest, entry.dueMs);
  return earliest;
}

function laneFor(state: AgentState, entry: PortEntry, operation: string): Set<PortEntry> {
  if (entry.urgent || operation === 'delete') return state.lanes.changes;
  return operation === 'add' ? state.lanes.adds : state.lanes.links;
}

function wait(state: AgentState, entry: PortEntry, untilMs: number): void {
  entry.dueMs = untilMs;
  state.lanes.later.add(entry);
}

/** Whatever was confirmed may have been undone by a late request: it counts as unconfirmed again. */
function beginRepeat({ connection }: AgentState, entry: PortEntry, nowMs: number): void {
  const record = mayHold(entry);
  entry.held = record && { ...record, epoch: 0, enabled: undefined };
  entry.repeatAtMs = 0;
  // A younger one than this repeat is for may have timed out meanwhile: it is not over before that can arrive no more.
  if (entry.unsettledUntilMs <= nowMs && connection.kind !== 'down') entry.lateAdds = [];
}

function owesCheck(state: AgentState, entry: PortEntry): boolean {
  return (
    state.session?.verifying === true &&
    entry.desired !== undefined &&
    entry.verifiedEpoch < state.session.epoch
  );
}
