import { fileAll } from './lanes.ts';
import { backOffMs } from './limits.ts';
import { oweSync } from './owed-sync.ts';
import { nextOperation } from './port-entry.ts';
import type { AgentState, Connection, Unheard } from './state.ts';

/** Heartbeats missed in silence, which only a plugin that stood still can miss. */
const MISSED_HEARTBEATS = 3;

/** The agent answered a request sent at `sentAtMs`, whatever it said. */
export function answered(state: AgentState, sentAtMs: number, nowMs: number): void {
  const before = state.connection;
  state.connection = { kind: 'up', lastAnswerMs: nowMs, probing: before.kind === 'up' && before.probing };
  const unheard = unheardIn(before);
  if (unheard !== undefined) reckonWithBacklog(state, unheard.sinceMs, nowMs);
  // An answer to a request from before the failure: one connection broke, not the agent.
  // A sync that brought the agent back came after the outage, and pays for it.
  if (before.kind === 'down' && sentAtMs >= before.sinceMs)
    recovered(state, before.sinceMs, nowMs, state.epoch);
  else noticeStandstill(state, before, nowMs);
}

/** Nothing answered a request or look of `sentAtMs`; `refusing`: not even a connection was to be had. */
export function unreachable(
  state: AgentState,
  sentAtMs: number,
  refusing: boolean,
  random: number,
  nowMs: number,
): void {
  const before = state.connection;
  // One of several that were under way when the agent went: no news.
  if (before.kind === 'down' && sentAtMs < before.sinceMs) return;
  const { sinceMs, failures } = unheardIn(before) ?? { sinceMs: nowMs, failures: 0 };
  state.connection = {
    kind: 'down',
    sinceMs: before.kind === 'down' ? before.sinceMs : nowMs,
    unheard: { sinceMs, failures: failures + 1 },
    retryAtMs: nowMs + backOffMs(failures + 1, random, state.limits),
    probeAtMs: nowMs + state.limits.probeMs,
    probing: false,
    refusing,
  };
}

/** The result of a connect that was only a look. */
export function applyProbe(state: AgentState, accepts: boolean, random: number, nowMs: number): void {
  const { connection, limits } = state;
  if (connection.kind === 'up') {
    if (accepts) {
      state.connection = { ...connection, probing: false, lastAnswerMs: nowMs };
      noticeStandstill(state, connection, nowMs);
    } else {
      state.lastError = 'the agent accepts no connections';
      unreachable(state, nowMs, true, random, nowMs);
    }
  } else if (connection.kind === 'down') {
    const news = accepts && connection.refusing;
    state.connection = {
      ...connection,
      probing: false,
      probeAtMs: nowMs + limits.probeMs,
      ...(news && { retryAtMs: nowMs, refusing: false }),
      ...(!accepts && { refusing: true }),
    };
  }
}

function unheardIn(connection: Connection): Unheard | undefined {
  return connection.kind === 'unknown' ? undefined : connection.unheard;
}

/** An agent that hung reads only now, in any order, all that timed out meanwhile, however long ago. */
function reckonWithBacklog(state: AgentState, sinceMs: number, nowMs: number): void {
  const untilMs = nowMs + state.limits.settleMs;
  for (const entry of state.ports.values())
    if (entry.unsettledUntilMs > sinceMs) entry.unsettledUntilMs = untilMs;
  if (state.syncUnsettledUntilMs > sinceMs) {
    state.syncUnsettledUntilMs = untilMs;
    state.maybeSweptUntilMs = untilMs + state.limits.staleTimeoutMs;
  }
}

/** Is the agent back, by all we know, with nothing waiting to try it with? Then that was the outage. */
export function recoveredIdle(state: AgentState, nowMs: number): boolean {
  if (state.connection.kind !== 'down' || state.connection.refusing) return false;
  const { sinceMs, unheard } = state.connection;
  state.connection = { kind: 'up', lastAnswerMs: nowMs, probing: false, unheard };
  recovered(state, sinceMs, nowMs, state.epoch);
  return true;
}

/** After a pause of this process, or of its whole machine, an outage may have passed that nobody saw. */
function noticeStandstill(state: AgentState, before: Connection, nowMs: number): void {
  if (before.kind !== 'up') return;
  if (nowMs - before.lastAnswerMs > MISSED_HEARTBEATS * state.limits.heartbeatMs)
    recovered(state, before.lastAnswerMs, nowMs, state.epoch + 1);
}

/** It may be another agent now: newer, older, restarted, or with an empty disk. */
function recovered(state: AgentState, sinceMs: number, nowMs: number, owedEpoch: number): void {
  if (!state.linkStates) tryLinkStatesAgain(state, nowMs);
  const { session, limits } = state;
  // A replay was interrupted, or the agent lost the timer of its sweep: from the beginning.
  const syncInterrupted = session !== undefined && (!session.replayed || sinceMs < session.deadlineMs);
  if (syncInterrupted || limits.reconnect === 'resync') oweSync(state, owedEpoch);
  // A sync adds all again, but without a complete inventory it may be long in coming.
  const syncComes = state.needSync && (state.complete || state.parked);
  if (limits.reconnect === 're-add' && !syncComes) addAllAgain(state, nowMs);
}

/** It may be a newer agent now, which knows enable and disable. */
export function tryLinkStatesAgain(state: AgentState, nowMs: number): void {
  state.linkStates = true;
  fileAll(state, nowMs);
}

/** Every port and link state once more; what was waiting already goes first. */
export function addAllAgain(state: AgentState, nowMs: number): void {
  for (const entry of state.ports.values()) {
    entry.urgent =
      entry.inFlight !== undefined || nextOperation(entry, state.epoch, state.linkStates) !== undefined;
  }
  state.epoch += 1;
  fileAll(state, nowMs);
}
