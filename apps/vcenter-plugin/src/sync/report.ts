import type { Port } from '@vrouter/port-model';
import type { DesiredPort } from '../binding/desired-port.ts';
import { brakeWakeMs } from './brake.ts';
import { nextOperation, type PortEntry, type PortOperation } from './port-entry.ts';
import type { AgentState } from './state.ts';

/** What an agent's worker is doing, for people and for readiness; `gone`: there is none, as nothing says where it is. */
export type Phase = 'gated' | 'parked' | 'syncing' | 'replaying' | 'steady' | 'gone';

export interface AgentReport {
  readonly phase: Phase;
  /** undefined until it was tried. */
  readonly reachable: boolean | undefined;
  readonly lastError: string | undefined;
  readonly ports: {
    readonly desired: number;
    readonly confirmed: number;
    readonly pending: number;
    readonly refused: number;
  };
  readonly syncs: number;
  /** Until then the agent may sweep (ms since 1970). */
  readonly sweepDeadlineMs: number | undefined;
  readonly inFlight: number;
  readonly nextAttemptAtMs: number | undefined;
  readonly linkStates: boolean;
  /** Removals that wait for an operator, or for the moment when they go by themselves (ms since 1970). */
  readonly brake: { readonly ports: number; readonly releaseAtMs: number } | null;
}

/** One thing that is owed to the agent. */
export interface Retry {
  readonly portId: string | null;
  readonly operation: PortOperation | 'sync';
  readonly attempts: number;
  readonly lastError: string | null;
  readonly nextAttemptAtMs: number | null;
}

export function pendingOperation(state: AgentState, entry: PortEntry): PortOperation | undefined {
  // Deleted; only to be deleted once more in case an older add arrives late.
  if (entry.desired === undefined && entry.repeatAtMs > 0 && entry.attempts === 0) return undefined;
  return entry.inFlight === 'verify' ? undefined : nextOperation(entry, state.epoch, state.linkStates);
}

export function agentReport(state: AgentState): AgentReport {
  let [desired, confirmed, pending, refused] = [0, 0, 0, 0];
  let portError: string | undefined;
  for (const entry of state.ports.values()) {
    if (entry.desired !== undefined) desired += 1;
    if (pendingOperation(state, entry) !== undefined) pending += 1;
    else if (entry.desired !== undefined) confirmed += 1;
    if (entry.refused) refused += 1;
    portError ??= entry.lastError;
  }
  const { connection, session } = state;
  return {
    phase: phaseOf(state, pending - refused),
    reachable: connection.kind === 'unknown' ? undefined : connection.kind === 'up',
    // What went wrong with the agent long ago says nothing about a port that waits now.
    lastError: connection.kind === 'down' || state.syncAttempts > 0 ? state.lastError : portError,
    ports: { desired, confirmed, pending, refused },
    syncs: state.syncs,
    sweepDeadlineMs: session?.deadlineMs,
    inFlight: state.inFlight.size,
    nextAttemptAtMs: connection.kind === 'down' ? connection.retryAtMs : undefined,
    linkStates: state.linkStates,
    brake: state.heldBack.size === 0 ? null : { ports: state.heldBack.size, releaseAtMs: brakeWakeMs(state) },
  };
}

/** One port as it should be and as the agent may have it. */
export interface PortReport {
  readonly id: string;
  readonly state: 'confirmed' | 'pending' | 'refused';
  /** What is to be done next. */
  readonly operation: PortOperation | null;
  readonly lastError: string | null;
  readonly desired: DesiredPort | null;
  readonly held: {
    readonly port: Port;
    readonly enabled: boolean | null;
    readonly confirmed: boolean;
  } | null;
}

export function portReports(state: AgentState): PortReport[] {
  return [...state.ports.values()].map((entry) => portReport(state, entry));
}

export function portReport(state: AgentState, entry: PortEntry): PortReport {
  const operation = pendingOperation(state, entry);
  const { held } = entry;
  return {
    id: entry.id,
    state: entry.refused ? 'refused' : operation === undefined ? 'confirmed' : 'pending',
    operation: operation ?? null,
    lastError: entry.lastError ?? null,
    desired: entry.desired ?? null,
    held:
      held === undefined
        ? null
        : { port: held.port, enabled: held.enabled ?? null, confirmed: held.epoch === state.epoch },
  };
}

/** What failed, or waits because the agent cannot be reached. */
export function retries(state: AgentState): Retry[] {
  const down = state.connection.kind === 'down';
  const agentRetryMs = state.connection.kind === 'down' ? state.connection.retryAtMs : null;
  const list: Retry[] = [];
  if (state.known && state.needSync && (down || state.syncAttempts > 0)) {
    const next = agentRetryMs ?? (state.syncNotBeforeMs > 0 ? state.syncNotBeforeMs : null);
    list.push({
      portId: null,
      operation: 'sync',
      attempts: state.syncAttempts,
      lastError: state.lastError ?? null,
      nextAttemptAtMs: next,
    });
  }
  for (const entry of state.ports.values()) {
    const operation = pendingOperation(state, entry);
    if (operation === undefined || !(down || state.parked || entry.attempts > 0)) continue;
    const next = agentRetryMs ?? (entry.notBeforeMs > 0 ? entry.notBeforeMs : null);
    list.push({
      portId: entry.id,
      operation,
      attempts: entry.attempts,
      lastError: entry.lastError ?? null,
      nextAttemptAtMs: next,
    });
  }
  return list;
}

function phaseOf(state: AgentState, owed: number): Phase {
  if (state.parked) return 'parked';
  if (!state.known || (state.needSync && !state.complete && state.syncs === 0)) return 'gated';
  if (state.needSync) return 'syncing';
  return owed > 0 ? 'replaying' : 'steady';
}
