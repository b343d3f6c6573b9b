import { sameIdentity } from '@vrouter/port-model';
import { isForgettable, nextOperation, type PortEntry } from './port-entry.ts';
import type { AgentState } from './state.ts';

/** Puts `entry` into the lane where it belongs now, takes it out of every lane, or forgets it. */
export function file(state: AgentState, entry: PortEntry, nowMs: number): void {
  takeOut(state, entry);
  if (entry.inFlight !== undefined) return;
  const waitUntilMs = Math.max(entry.notBeforeMs, entry.repeatAtMs);
  if (waitUntilMs > nowMs) {
    state.lanes.later.add(entry);
    return;
  }
  if (entry.repeatAtMs > 0) beginRepeat(entry);
  const operation = nextOperation(entry, state.epoch, state.linkStates);
  if (operation !== undefined) laneFor(state, entry, operation).add(entry);
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
  for (const entry of state.lanes.later) {
    if (Math.max(entry.notBeforeMs, entry.repeatAtMs) <= nowMs) file(state, entry, nowMs);
  }
}

export function takeOut(state: AgentState, entry: PortEntry): void {
  for (const lane of Object.values(state.lanes)) lane.delete(entry);
}

/** The earliest moment at which an entry of `later` is due. */
export function nextDueMs(state: AgentState): number {
  let earliest = Infinity;
  for (const entry of state.lanes.later)
    earliest = Math.min(earliest, Math.max(entry.notBeforeMs, entry.repeatAtMs));
  return earliest;
}

function laneFor(state: AgentState, entry: PortEntry, operation: string): Set<PortEntry> {
  if (entry.urgent || operation === 'delete') return state.lanes.changes;
  return operation === 'add' ? state.lanes.adds : state.lanes.links;
}

/** Whatever was confirmed may have been undone by a late request: it counts as unconfirmed again. */
function beginRepeat(entry: PortEntry): void {
  entry.repeatAtMs = 0;
  const { held, lateAdds } = entry;
  entry.lateAdds = [];
  if (held === undefined) return;
  // The real agent ignores an add of a port that it has: if an older record came first, that one stays.
  const ambiguous = held.ambiguous || lateAdds.some((port) => !sameIdentity(port, held.port));
  entry.held = { ...held, epoch: 0, enabled: undefined, ambiguous };
}

function owesCheck(state: AgentState, entry: PortEntry): boolean {
  return (
    state.session?.verifying === true &&
    entry.desired !== undefined &&
    entry.verifiedEpoch < state.session.epoch
  );
}
