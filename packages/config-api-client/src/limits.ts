import { ConfigApiClientError } from './errors.ts';

export interface Limits {
  /** For opening a connection. Default 2000. */
  readonly connectTimeoutMs?: number;
  /** From writing a request to the end of its answer. Default 30000: the real server is slow under load. */
  readonly responseTimeoutMs?: number;
  /** For a free connection, when all are in use. Default 60000. */
  readonly waitTimeoutMs?: number;
  /** Connections kept open at most; each carries one request at a time. Default 8. */
  readonly connections?: number;
  /** Requests under way and waiting at most; more are `unavailable` at once. Default 1000. */
  readonly requestsMax?: number;
  /** Longer answers are failures. Default 64 MiB. */
  readonly responseBytesMax?: number;
}

const DEFAULTS: Required<Limits> = {
  connectTimeoutMs: 2_000,
  responseTimeoutMs: 30_000,
  waitTimeoutMs: 60_000,
  connections: 8,
  requestsMax: 1_000,
  responseBytesMax: 64 * 1024 * 1024,
};

/** `given` with defaults. Throws BAD_LIMIT. */
export function readLimits(given: Limits): Required<Limits> {
  const limits: Record<string, number> = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Limits)[]) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value <= 0) {
      throw new ConfigApiClientError('BAD_LIMIT', `${name}: expected a whole number above 0, got ${value}`);
    }
    limits[name] = value;
  }
  return limits as unknown as Required<Limits>;
}
