import { brakeWakeMs, releaseDue } from './brake.ts';
import { recoveredIdle } from './connection.ts';
import { fileAll, fileDue, nextDueMs, takeOut } from './lanes.ts';
import { nextOperation, uncertain, type PortEntry } from './port-entry.ts';
import type { AddItem, AgentState, Effect } from './state.ts';
import { sessionWakeMs, sweepThreatens, watchSession, wouldBeSwept } from './sync-session.ts';

/** Sends what may be sent now, and says when to look again. */
export function pump(state: AgentState, nowMs: number, effects: Effect[]): void {
  releaseDue(state, nowMs, effects);
  fileDue(state, nowMs);
  watchSession(state, nowMs);
  if (!state.known || (state.parked && !sweepThreatens(state, nowMs))) return;
  probe(state, nowMs, effects);
  sendWhatMayBeSent(state, nowMs, effects);
  const wakeMs = nextWakeMs(state, nowMs);
  if (wakeMs < Infinity) effects.push({ kind: 'wake', atMs: wakeMs });
}

function sendWhatMayBeSent(state: AgentState, nowMs: number, effects: Effect[]): void {
  if (state.connection.kind === 'down' && nowMs < state.connection.retryAtMs) return;
  if (syncUnderWay(state)) return;
  if (syncIsNext(state)) {
    // No add from before may be under way when the sync is sent.
    if (state.inFlight.size > 0 || nowMs < state.syncNotBeforeMs) return;
    if (!isOneWay(state) || !sendNext(state, nowMs, effects)) sendSync(state, nowMs, effects);
    return;
  }
  // Before the first sync nothing is sent, unless the brake keeps it back; while a later one must wait, the rest goes on.
  if (state.syncs === 0 && state.syncsMaybeApplied === 0 && state.heldBack.size === 0) return;
  // One request is enough to learn whether an agent is there.
  const limit = state.connection.kind === 'up' ? state.limits.concurrencyMax : 1;
  while (state.inFlight.size < limit) {
    if (sendNext(state, nowMs, effects)) continue;
    if (state.inFlight.size === 0 && recoveredIdle(state, nowMs)) sendWhatMayBeSent(state, nowMs, effects);
    return;
  }
}

function syncIsNext(state: AgentState): boolean {
  return state.needSync && state.complete && !state.parked && state.heldBack.size === 0;
}

/**
 * Did a sync go out of which nothing was heard? Where answers are lost but requests arrive, one sync after another would
 * have the agent sweep all that it has: its ports are added, again and again, until it is heard.
 */
function isOneWay(state: AgentState): boolean {
  return state.connection.kind === 'down' && state.syncsMaybeApplied > 0;
}

function syncUnderWay(state: AgentState): boolean {
  for (const operation of state.inFlight.values()) return operation.kind === 'sync'; // it is always alone
  return false;
}

function sendSync(state: AgentState, nowMs: number, effects: Effect[]): void {
  // It may take effect whatever becomes of its answer: what was added before counts no more.
  state.epoch += 1;
  state.syncsMaybeApplied += 1;
  fileAll(state, nowMs);
  const { epoch } = state;
  const operation = { id: state.nextOperationId++, sentAtMs: nowMs, kind: 'sync', epoch } as const;
  state.inFlight.set(operation.id, operation);
  effects.push({ kind: 'send', operation });
}

/** Starts the most urgent request; false when nothing waits. */
function sendNext(state: AgentState, nowMs: number, effects: Effect[]): boolean {
  const { changes, adds, links, checks } = state.lanes;
  // To a parked agent, and where a sync is owed, only what keeps its ports from being swept.
  const entry = onlySaves(state)
    ? firstToSave(state)
    : (first(changes) ?? first(adds) ?? first(links) ?? first(checks));
  if (entry === undefined) return false;
  const id = state.nextOperationId++;
  const kind = nextOperation(entry, state.epoch, state.linkStates) ?? 'verify';
  if (kind === 'add') {
    const items = (!entry.alone && (onlySaves(state) || adds.has(entry)) ? arrayFrom(state) : [entry]).map(
      (one) => beginAdd(state, one),
    );
    const operation = {
      id,
      sentAtMs: nowMs,
      kind,
      items,
      array: items.length > 1,
      epoch: state.epoch,
    } as const;
    state.inFlight.set(id, operation);
    effects.push({ kind: 'send', operation });
    return true;
  }
  takeOut(state, entry);
  entry.inFlight = kind;
  // Should the answer be lost, the agent may or may not have done it.
  if (kind === 'delete' && entry.held !== undefined)
    entry.held = { ...entry.held, epoch: 0, enabled: undefined };
  if ((kind === 'enable' || kind === 'disable') && entry.held !== undefined)
    entry.held = { ...entry.held, enabled: undefined };
  const operation = { id, sentAtMs: nowMs, kind, entry } as const;
  state.inFlight.set(id, operation);
  effects.push({ kind: 'send', operation });
  return true;
}

function arrayFrom(state: AgentState): PortEntry[] {
  const isSaving = onlySaves(state);
  const entries: PortEntry[] = [];
  for (const lane of isSaving ? [state.lanes.adds, state.lanes.changes] : [state.lanes.adds]) {
    for (const entry of lane) {
      if (entries.length >= state.limits.arrayLengthMax) return entries;
      if (!entry.alone && (!isSaving || wouldBeSwept(state, entry))) entries.push(entry);
    }
  }
  return entries;
}

function beginAdd(state: AgentState, entry: PortEntry): AddItem {
  takeOut(state, entry);
  entry.inFlight = 'add';
  const before = entry.held;
  const { port } = entry.desired as NonNullable<typeof entry.desired>;
  // Should the answer be lost, the agent may have the old record or the new one, and any link state.
  entry.held = { ...(before ?? uncertain(port)), epoch: 0, enabled: undefined };
  return { entry, port, before };
}

function onlySaves(state: AgentState): boolean {
  return state.parked || syncIsNext(state);
}

function firstToSave(state: AgentState): PortEntry | undefined {
  for (const lane of [state.lanes.adds, state.lanes.changes])
    for (const entry of lane) if (wouldBeSwept(state, entry)) return entry;
  return undefined;
}

function first(lane: ReadonlySet<PortEntry>): PortEntry | undefined {
  for (const entry of lane) return entry;
  return undefined;
}

/** Looks from time to time whether an agent that is down, or idle, accepts connections. */
function probe(state: AgentState, nowMs: number, effects: Effect[]): void {
  const { connection, limits } = state;
  if (connection.kind === 'unknown' || connection.probing) return;
  const due =
    connection.kind === 'down' ? connection.probeAtMs : connection.lastAnswerMs + limits.heartbeatMs;
  if (nowMs < due || (connection.kind === 'up' && state.inFlight.size > 0)) return;
  state.connection = { ...connection, probing: true };
  effects.push({ kind: 'probe' });
}

function nextWakeMs(state: AgentState, nowMs: number): number {
  const { connection, limits } = state;
  const moments = [nextDueMs(state), sessionWakeMs(state, nowMs), brakeWakeMs(state)];
  if (connection.kind === 'down') {
    moments.push(connection.retryAtMs);
    if (!connection.probing) moments.push(connection.probeAtMs);
  } else if (connection.kind === 'up' && !connection.probing && state.inFlight.size === 0) {
    moments.push(connection.lastAnswerMs + limits.heartbeatMs);
  }
  if (state.needSync && state.syncNotBeforeMs > nowMs) moments.push(state.syncNotBeforeMs);
  return Math.min(...moments.filter((moment) => moment > nowMs), Infinity);
}
