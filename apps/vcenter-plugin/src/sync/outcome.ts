import type { Outcome } from '@vrouter/agent-client';
import { answered, unreachable } from './connection.ts';
import { file, fileAll } from './lanes.ts';
import { backOffMs } from './limits.ts';
import { applyAdd, applyCheck, applyDelete, applyLink, type Verdict } from './port-outcome.ts';
import type { PortEntry } from './port-entry.ts';
import type { AgentState, Effect, InFlight } from './state.ts';
import { applySyncOutcome } from './sync-session.ts';

/** What the outcome of a request means for the agent and for the ports it was about. */
export function applyOutcome(
  state: AgentState,
  operationId: number,
  outcome: Outcome,
  random: number,
  nowMs: number,
  effects: Effect[],
): void {
  const operation = state.inFlight.get(operationId);
  if (operation === undefined) return;
  state.inFlight.delete(operationId);
  const entries = entriesOf(operation);
  for (const entry of entries) entry.inFlight = undefined;

  const epochBefore = state.epoch;
  const transportFailed = outcome.kind === 'unavailable' && outcome.status === undefined;
  if (transportFailed) unreachable(state, operation.sentAtMs, !outcome.sent, random, nowMs);
  else answered(state, operation.sentAtMs, nowMs);
  const error = errorText(outcome);
  if (error !== undefined) state.lastError = error;

  if (operation.kind === 'sync') {
    const notBeforeMs = transportFailed ? 0 : nowMs + backOffMs(state.syncAttempts + 1, random, state.limits);
    applySyncOutcome(state, operation, outcome, notBeforeMs, nowMs);
    return;
  }
  const verdict: Verdict = {
    outcome,
    error: error ?? '',
    sentAtMs: operation.sentAtMs,
    retryAtMs: (entry) => (transportFailed ? 0 : nowMs + retryMs(outcome, entry, random, state)),
    sweptEpoch: state.session?.verifying === true ? state.session.epoch : 0,
    // A request that we gave up on may still be delivered; one whose connection died will not be.
    unsettledUntilMs: transportFailed && outcome.late ? nowMs + state.limits.settleMs : 0,
  };
  switch (operation.kind) {
    case 'add':
      // The add that brought the agent back belongs to the epoch that this began.
      for (const item of operation.items) {
        applyAdd(item, verdict, operation.array, state.epoch > epochBefore ? state.epoch : operation.epoch);
      }
      break;
    case 'delete':
      applyDelete(operation.entry, verdict);
      break;
    case 'enable':
    case 'disable':
      if (outcome.kind === 'unknown-route') forgetLinkStates(state, nowMs);
      else applyLink(operation.entry, verdict, operation.kind === 'enable');
      break;
    case 'verify':
      applyCheck(operation.entry, verdict, state.epoch);
      break;
  }
  for (const entry of entries) file(state, entry, nowMs);
  effects.push({ kind: 'note', entries });
}

/** An agent from before enable and disable: its ports forward as soon as they are added. */
function forgetLinkStates(state: AgentState, nowMs: number): void {
  state.linkStates = false;
  fileAll(state, nowMs);
}

function entriesOf(operation: InFlight): readonly PortEntry[] {
  if (operation.kind === 'sync') return [];
  return operation.kind === 'add' ? operation.items.map((item) => item.entry) : [operation.entry];
}

/** What the agent calls invalid stays so: offered again only slowly, in case the agent was mended. */
function retryMs(outcome: Outcome, entry: PortEntry, random: number, state: AgentState): number {
  const slow = outcome.kind === 'refused' || outcome.kind === 'unknown-route';
  return slow ? state.limits.refusedRetryMs : backOffMs(entry.attempts + 1, random, state.limits);
}

function errorText(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'done':
    case 'found':
      return undefined;
    case 'refused':
      return `refused (${outcome.status}): ${outcome.message}`;
    case 'unavailable':
      return outcome.reason;
    case 'unknown-route':
      return 'the agent does not know this request';
    case 'not-found':
      return 'the agent does not have this port';
  }
}
