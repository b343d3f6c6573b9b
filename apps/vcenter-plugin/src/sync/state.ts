import type { Outcome } from '@vrouter/agent-client';
import type { Port } from '@vrouter/port-model';
import type { DesiredPort } from '../binding/desired-port.ts';
import type { SyncLimits } from './limits.ts';
import type { Held, HeldRecord, PortEntry } from './port-entry.ts';

/** All that is known of one agent. Changed by `step` only. */
export interface AgentState {
  readonly limits: SyncLimits;
  readonly ports: Map<string, PortEntry>;
  readonly lanes: Lanes;
  readonly inFlight: Map<number, InFlight>;
  nextOperationId: number;
  /** The inventory is complete now. Without that no sync is sent. */
  complete: boolean;
  /** It was complete at least once since the start: the desired ports mean something. */
  known: boolean;
  /** The host is in maintenance: nothing is sent, once a sync that was begun is seen through. */
  parked: boolean;
  /** Ports that the brake keeps, and since when they are missing (ms since 1970). Meanwhile no sync is sent. */
  readonly heldBack: Map<string, number>;
  /** Of so many desired ports they are a share; what has come since makes it no smaller. */
  heldBackOf: number;
  /** A sync is owed before anything else may be sent. */
  needSync: boolean;
  /** Only a sync that begins this epoch, or a later one, pays it: one that was under way before may have come too early. */
  syncOwedEpoch: number;
  syncNotBeforeMs: number;
  syncAttempts: number;
  /** Syncs sent since the last confirmed one that may have been applied: answer out, or lost. */
  syncsMaybeApplied: number;
  /** Until then such a sync may sweep. */
  maybeSweptUntilMs: number;
  /** Syncs confirmed since the start. */
  syncs: number;
  /** Until then a sync that timed out may still arrive; afterwards all ports are added once more. 0 for none. */
  syncUnsettledUntilMs: number;
  session: SyncSession | undefined;
  /** Adds confirmed in an earlier epoch count no more. Raised when a sync is sent, and after an outage. */
  epoch: number;
  connection: Connection;
  /** false once the agent answered `Unknown Request` to enable or disable; asked again after an outage. */
  linkStates: boolean;
  lastError: string | undefined;
}

/** What waits to be sent, most urgent lane first. An entry is in one lane at most. */
export interface Lanes {
  /** Changes of the inventory, retries, and every delete. */
  readonly changes: Set<PortEntry>;
  /** Ports to be added again after a sync or an outage. */
  readonly adds: Set<PortEntry>;
  /** Their link states. */
  readonly links: Set<PortEntry>;
  /** Ports to be read back after the deadline of a sync. */
  readonly checks: Set<PortEntry>;
  /** Not before a certain moment. */
  readonly later: Set<PortEntry>;
}

/** From the sending of a sync to the look after its deadline. */
export interface SyncSession {
  /** The epoch that it began. */
  readonly epoch: number;
  readonly sentAtMs: number;
  readonly confirmedAtMs: number;
  readonly deadlineMs: number;
  /** Ports to be added again when it began. */
  readonly total: number;
  /** All of them were added again. */
  replayed: boolean;
  /** The look after the deadline has begun. */
  verifying: boolean;
  readonly extraSyncs: number;
}

export type Connection =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'up';
      readonly lastAnswerMs: number;
      readonly probing: boolean;
      /** It accepts connections again, but was not heard since it failed. */
      readonly unheard?: Unheard;
    }
  | {
      readonly kind: 'down';
      readonly sinceMs: number;
      readonly unheard: Unheard;
      readonly retryAtMs: number;
      readonly probeAtMs: number;
      readonly probing: boolean;
      /** Connecting failed, so that a connection that succeeds is news. */
      readonly refusing: boolean;
    };

/** Failures since the last answer, and when they began. */
export interface Unheard {
  readonly sinceMs: number;
  readonly failures: number;
}

/** A request under way. */
export type InFlight =
  | { readonly id: number; readonly sentAtMs: number; readonly kind: 'sync'; readonly epoch: number }
  | {
      readonly id: number;
      readonly sentAtMs: number;
      readonly kind: 'add';
      readonly items: readonly AddItem[];
      readonly array: boolean;
      readonly epoch: number;
    }
  | {
      readonly id: number;
      readonly sentAtMs: number;
      readonly kind: 'delete' | 'enable' | 'disable' | 'verify';
      readonly entry: PortEntry;
    };

export interface AddItem {
  readonly entry: PortEntry;
  readonly port: Port;
  /** What the agent held before, to go back to when it refuses. */
  readonly before: Held | undefined;
}

export type Input =
  /** What the ledger remembers of an earlier life; before anything else. */
  | { readonly kind: 'ledger'; readonly rows: readonly LedgerRow[] }
  /** A complete inventory wants exactly these ports on this agent. */
  | {
      readonly kind: 'desired';
      readonly ports: ReadonlyMap<string, DesiredPort>;
      readonly parked: boolean;
      /** Ports that other agents should have. */
      readonly moved: ReadonlySet<string>;
    }
  /** Somebody else remembers that the agent may hold these ports: they are to be deleted, unless we know better. */
  | { readonly kind: 'suspected'; readonly ports: readonly Port[] }
  /** The inventory cannot be read now. */
  | { readonly kind: 'incomplete' }
  /** An operator agrees that what the brake holds back is really gone. */
  | { readonly kind: 'release' }
  /** Someone asked for a sync. */
  | { readonly kind: 'resync' }
  /** `random` in [0, 1) spreads the retries. */
  | {
      readonly kind: 'outcome';
      readonly operationId: number;
      readonly outcome: Outcome;
      readonly random: number;
    }
  | { readonly kind: 'probed'; readonly accepts: boolean; readonly random: number }
  | { readonly kind: 'wake' };

/** A port as the ledger keeps it; at least one side is there. */
export interface LedgerRow {
  readonly portId: string;
  readonly desired: DesiredPort | undefined;
  readonly held: HeldRecord | undefined;
}

export type Effect =
  /** To be on disk before any later effect is carried out. */
  | { readonly kind: 'save'; readonly entries: readonly PortEntry[] }
  /** To be on disk soon; when a crash loses it, it is found out again. */
  | { readonly kind: 'note'; readonly entries: readonly PortEntry[] }
  | { readonly kind: 'send'; readonly operation: InFlight }
  | { readonly kind: 'probe' }
  /** Replaces an earlier wish to be woken. */
  | { readonly kind: 'wake'; readonly atMs: number };

export function newAgentState(limits: SyncLimits): AgentState {
  return {
    limits,
    ports: new Map(),
    lanes: { changes: new Set(), adds: new Set(), links: new Set(), checks: new Set(), later: new Set() },
    inFlight: new Map(),
    nextOperationId: 1,
    complete: false,
    known: false,
    parked: false,
    heldBack: new Map(),
    heldBackOf: 0,
    needSync: true,
    syncOwedEpoch: 0,
    syncNotBeforeMs: 0,
    syncAttempts: 0,
    syncsMaybeApplied: 0,
    maybeSweptUntilMs: 0,
    syncs: 0,
    syncUnsettledUntilMs: 0,
    session: undefined,
    epoch: 1,
    connection: { kind: 'unknown' },
    linkStates: true,
    lastError: undefined,
  };
}
