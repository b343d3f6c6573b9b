/** Every number that the worker of an agent goes by. Times in milliseconds. */
export interface SyncLimits {
  /** The agent deletes what was not added again this long after a sync. */
  readonly staleTimeoutMs: number;
  /** After a time-out, a request may still reach the agent this much later. */
  readonly settleMs: number;
  readonly retryMsMin: number;
  readonly retryMsMax: number;
  /** How often to look whether an agent that is down accepts connections again. */
  readonly probeMs: number;
  /** How often to look whether an idle agent is still there. */
  readonly heartbeatMs: number;
  /** How often to offer a port again that the agent refused as invalid. */
  readonly refusedRetryMs: number;
  /** Requests under way to one agent at a time. */
  readonly concurrencyMax: number;
  /** Ports in one array. */
  readonly arrayLengthMax: number;
  /** Extra syncs in one replay that threatens to be too slow. */
  readonly extraSyncsMax: number;
  /** More removals at once than this many *and* this share of an agent's ports wait this long, or for an operator. */
  readonly brake: { readonly count: number; readonly share: number; readonly holdMs: number };
  /** What to do when an agent is back after an outage. */
  readonly reconnect: 're-add' | 'retry-only' | 'resync';
}

export const DEFAULT_LIMITS: SyncLimits = {
  staleTimeoutMs: 60_000,
  settleMs: 10_000,
  retryMsMin: 250,
  retryMsMax: 8_000,
  probeMs: 1_000,
  heartbeatMs: 5_000,
  refusedRetryMs: 60_000,
  concurrencyMax: 8,
  arrayLengthMax: 64,
  extraSyncsMax: 3,
  brake: { count: 20, share: 0.5, holdMs: 300_000 },
  reconnect: 're-add',
};

/** Of the time that a request may still take after its time-out. */
const RETRY_SHARE = 0.8;

/** The limits that follow from the configuration; the rest are defaults. */
export function limitsFrom(config: {
  staleTimeoutMs: number;
  responseMs: number;
  reconnect: SyncLimits['reconnect'];
  brake?: SyncLimits['brake'];
}): SyncLimits {
  const { staleTimeoutMs, responseMs, reconnect, brake = DEFAULT_LIMITS.brake } = config;
  const settleMs = Math.min(2 * responseMs, staleTimeoutMs / 2);
  return {
    ...DEFAULT_LIMITS,
    staleTimeoutMs,
    reconnect,
    brake,
    settleMs,
    // The next attempt comes while the last one counts as under way still: one that hung reads both, in any order.
    retryMsMax: Math.min(DEFAULT_LIMITS.retryMsMax, RETRY_SHARE * settleMs),
  };
}

/** Share of the stale timeout after which the rate of a replay is looked at, and within which it should be done. */
export const REPLAY_CHECK_SHARE = 0.5;
export const REPLAY_DONE_SHARE = 0.8;

/** After a failure: the minimum doubled for each failure before it, between half and all of that, never over the cap. */
export function backOffMs(failures: number, random: number, limits: SyncLimits): number {
  const full = Math.min(limits.retryMsMax, limits.retryMsMin * 2 ** Math.min(failures - 1, 16));
  return Math.round(full * (0.5 + random / 2));
}
