import type { Outcome } from '@vrouter/agent-client';
import { addAllAgain } from './connection.ts';
import { fileAll } from './lanes.ts';
import { REPLAY_CHECK_SHARE, REPLAY_DONE_SHARE } from './limits.ts';
import { oweSync } from './owed-sync.ts';
import { nextOperation, type PortEntry } from './port-entry.ts';
import type { AgentState, SyncSession } from './state.ts';

/** A confirmed sync begins an epoch: every port is to be added again. A failed one stays owed. */
export function applySyncOutcome(
  state: AgentState,
  { sentAtMs, epoch }: { readonly sentAtMs: number; readonly epoch: number },
  outcome: Outcome,
  notBeforeMs: number,
  nowMs: number,
): void {
  if (outcome.kind !== 'done') {
    state.syncAttempts += 1;
    state.syncNotBeforeMs = notBeforeMs;
    if (outcome.kind !== 'unavailable' || !outcome.sent) {
      state.syncsMaybeApplied -= 1;
      return;
    }
    const arrivesMs = outcome.late ? nowMs + state.limits.settleMs : nowMs;
    state.maybeSweptUntilMs = arrivesMs + state.limits.staleTimeoutMs;
    if (outcome.late) state.syncUnsettledUntilMs = arrivesMs;
    return;
  }
  const interrupted = state.session !== undefined && !state.session.replayed ? state.session.extraSyncs : 0;
  state.needSync = epoch < state.syncOwedEpoch;
  state.syncs += 1;
  state.syncAttempts = 0;
  state.syncsMaybeApplied = 0;
  state.session = {
    epoch: state.epoch,
    sentAtMs,
    confirmedAtMs: nowMs,
    // The agent's time began between sending and answer: reckon with the earlier.
    deadlineMs: sentAtMs + state.limits.staleTimeoutMs,
    total: state.ports.size,
    replayed: false,
    verifying: false,
    extraSyncs: interrupted,
  };
  for (const entry of state.ports.values()) entry.urgent = false;
  fileAll(state, nowMs);
}

/**
 * Would ports that should live be swept if nothing more were added? Then a sync that was begun is seen through, even
 * while the agent is parked.
 */
export function sweepThreatens(state: AgentState, nowMs: number): boolean {
  if (nowMs >= Math.max(state.session?.deadlineMs ?? 0, state.maybeSweptUntilMs)) return false;
  const { adds, changes, later } = state.lanes;
  for (const lane of [adds, changes, later])
    for (const entry of lane) if (wouldBeSwept(state, entry)) return true;
  return false;
}

/** The agent may have it, and it was not added again since the last sync. */
export function wouldBeSwept(state: AgentState, entry: PortEntry): boolean {
  return entry.held !== undefined && !entry.refused && isAdd(state, entry);
}

/** Moves the session on: replayed, too slow, past its deadline. */
export function watchSession(state: AgentState, nowMs: number): void {
  lateSyncIsPast(state, nowMs);
  const { session } = state;
  if (session === undefined || state.needSync) return;
  if (!session.replayed) {
    session.replayed = nothingToAdd(state);
    if (!session.replayed && isTooSlow(state, session, nowMs)) {
      oweSync(state);
      state.session = { ...session, extraSyncs: session.extraSyncs + 1 };
    }
  }
  if (session.replayed && !session.verifying && nowMs >= checkAtMs(state, session)) {
    session.verifying = true;
    fileAll(state, nowMs);
  }
}

/** The next moment at which `watchSession` has something to do. */
export function sessionWakeMs(state: AgentState, nowMs: number): number {
  const { session } = state;
  const moments = [state.syncUnsettledUntilMs];
  if (session !== undefined) moments.push(rateCheckAtMs(state, session), checkAtMs(state, session));
  return Math.min(...moments.filter((moment) => moment > nowMs), Infinity);
}

/** A sync that timed out may have begun a generation of its own, after adds of ours. Adding all again is the cure. */
function lateSyncIsPast(state: AgentState, nowMs: number): void {
  if (state.syncUnsettledUntilMs === 0 || nowMs < state.syncUnsettledUntilMs || state.needSync) return;
  state.syncUnsettledUntilMs = 0;
  addAllAgain(state, nowMs);
}

function nothingToAdd(state: AgentState): boolean {
  if (state.lanes.adds.size > 0) return false;
  for (const entry of state.lanes.changes) if (isAdd(state, entry)) return false;
  for (const operation of state.inFlight.values()) if (operation.kind === 'add') return false;
  return true;
}

function isAdd(state: AgentState, entry: PortEntry): boolean {
  return nextOperation(entry, state.epoch, state.linkStates) === 'add';
}

/** Will the adds not be through well inside the agent's timeout? */
function isTooSlow(state: AgentState, session: SyncSession, nowMs: number): boolean {
  if (nowMs < rateCheckAtMs(state, session) || session.extraSyncs >= state.limits.extraSyncsMax) return false;
  const left = state.lanes.adds.size + state.lanes.changes.size;
  const done = Math.max(session.total - left, 0);
  if (done === 0) return true;
  const endMs = nowMs + (left / done) * (nowMs - session.confirmedAtMs);
  return endMs > session.sentAtMs + REPLAY_DONE_SHARE * state.limits.staleTimeoutMs;
}

function rateCheckAtMs(state: AgentState, session: SyncSession): number {
  return session.sentAtMs + REPLAY_CHECK_SHARE * state.limits.staleTimeoutMs;
}

/** A little after the deadline, so that the agent's sweep is over. */
function checkAtMs(state: AgentState, session: SyncSession): number {
  return (
    session.deadlineMs +
    Math.min(1000, state.limits.staleTimeoutMs * 0.1) +
    (session.confirmedAtMs - session.sentAtMs)
  );
}
