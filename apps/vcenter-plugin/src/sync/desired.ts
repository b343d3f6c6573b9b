import { samePort, type Port } from '@vrouter/port-model';
import type { DesiredPort } from '../binding/desired-port.ts';
import { removals } from './brake.ts';
import { tryLinkStatesAgain } from './connection.ts';
import { file } from './lanes.ts';
import { heldOf } from './ledger-row.ts';
import { oweSync } from './owed-sync.ts';
import { changeDesired, newEntry, uncertain, type PortEntry } from './port-entry.ts';
import type { AgentState, Effect, LedgerRow } from './state.ts';

/** Takes over what an earlier life of the plugin left. Nothing is sent for it before the first complete inventory. */
export function applyLedger(state: AgentState, rows: readonly LedgerRow[]): void {
  for (const row of rows) {
    const entry = newEntry(row.portId);
    entry.desired = row.desired;
    entry.held = heldOf(row);
    state.ports.set(row.portId, entry);
  }
}

/** Makes `ports` the desired ports, as far as the brake allows; `moved` ones are on other agents now. What changed is saved before anything is sent for it. */
export function applyDesired(
  state: AgentState,
  ports: ReadonlyMap<string, DesiredPort>,
  parked: boolean,
  moved: ReadonlySet<string>,
  nowMs: number,
  effects: Effect[],
): void {
  state.complete = true;
  state.known = true;
  // The agent may have been restarted or replaced meanwhile.
  if (state.parked && !parked) {
    oweSync(state);
    tryLinkStatesAgain(state, nowMs);
  }
  state.parked = parked;

  const changed = removals(state, ports, moved, nowMs).map((entry) => changeDesired(entry, undefined));
  for (const [id, desired] of ports) {
    const entry = state.ports.get(id) ?? newEntry(id);
    if (sameDesired(entry.desired, desired)) continue;
    state.ports.set(id, entry);
    changed.push(changeDesired(entry, desired));
  }
  const leaving = [...state.ports.values()].filter((entry) => changeLeaving(entry, ports, moved));
  if (changed.length > 0) effects.push({ kind: 'save', entries: changed });
  for (const entry of new Set([...changed, ...leaving])) file(state, entry, nowMs);
}

/** Moved and wanted: it is kept until it has arrived elsewhere. True when that is news. */
function changeLeaving(
  entry: PortEntry,
  ports: ReadonlyMap<string, DesiredPort>,
  moved: ReadonlySet<string>,
): boolean {
  const leaving = ports.has(entry.id) && moved.has(entry.id);
  const isNews = entry.leaving !== leaving;
  entry.leaving = leaving;
  return isNews;
}

/** Ports that the agent may hold from a life of the plugin whose memory is lost: a delete makes certain. */
export function applySuspected(
  state: AgentState,
  ports: readonly Port[],
  nowMs: number,
  effects: Effect[],
): void {
  const unknown = ports.filter(({ id }) => !state.ports.has(id));
  const entries = unknown.map((port) => {
    const entry = newEntry(port.id);
    entry.held = uncertain(port);
    state.ports.set(port.id, entry);
    return changeDesired(entry, undefined);
  });
  if (entries.length > 0) effects.push({ kind: 'save', entries });
  for (const entry of entries) file(state, entry, nowMs);
}

function sameDesired(a: DesiredPort | undefined, b: DesiredPort): boolean {
  return a !== undefined && a.enabled === b.enabled && (a.port === b.port || samePort(a.port, b.port));
}
