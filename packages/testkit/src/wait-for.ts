import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { TestkitError } from './errors.ts';

type NotYet = undefined | false | null;

export interface WaitOptions {
  /** Names the thing waited for: `the port to be swept`. */
  readonly what: string;
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * Asks `check` again and again until it returns something other than undefined, null or false, and returns that.
 * A check that throws counts as "not yet", so assertions can be used as conditions. Throws WAIT_TIMED_OUT with the
 * last value or error.
 */
export async function waitFor<T>(
  check: () => T | NotYet | Promise<T | NotYet>,
  { what, timeoutMs = 30_000, everyMs = 20 }: WaitOptions,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  let last: unknown = 'nothing: the check has not answered';
  for (;;) {
    try {
      const value = await withinTime(check, endMs);
      if (value === TOO_LATE) break;
      if (value !== undefined && value !== false && value !== null) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= endMs) break;
    await sleep(everyMs);
  }
  const shown = last instanceof Error ? last.message : inspect(last);
  const options = last instanceof Error ? { cause: last } : undefined;
  throw new TestkitError('WAIT_TIMED_OUT', `Waited ${timeoutMs} ms for ${what}; last: ${shown}`, options);
}

const TOO_LATE = Symbol('too late');

/** A check that hangs must not outlive the time limit. */
async function withinTime<T>(check: () => T | Promise<T>, endMs: number): Promise<T | typeof TOO_LATE> {
  const given = new AbortController();
  const limit = sleep(Math.max(endMs - performance.now(), 0), TOO_LATE, { signal: given.signal });
  limit.catch(() => undefined);
  try {
    return await Promise.race([check(), limit]);
  } finally {
    given.abort();
  }
}
