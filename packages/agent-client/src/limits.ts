import { AgentClientError } from './errors.ts';

export interface AgentClientLimits {
  /** For opening a connection. Default 1000. */
  readonly connectTimeoutMs?: number;
  /** From writing a request to the end of its answer. Default 5000. */
  readonly responseTimeoutMs?: number;
  /** For a free connection, when all are in use. Default 10000. */
  readonly waitTimeoutMs?: number;
  /** Connections kept open at most; each carries one request at a time. Default 8. */
  readonly connections?: number;
}

const DEFAULTS = { connectTimeoutMs: 1_000, responseTimeoutMs: 5_000, waitTimeoutMs: 10_000, connections: 8 };

/** `given` with defaults. Throws BAD_LIMIT. */
export function readLimits(given: AgentClientLimits): Required<AgentClientLimits> {
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = given[name];
    if (value === undefined) continue;
    if (!(value > 0))
      throw new AgentClientError('BAD_LIMIT', `${name}: expected a number above 0, got ${value}`);
    limits[name] = value;
  }
  return limits;
}
