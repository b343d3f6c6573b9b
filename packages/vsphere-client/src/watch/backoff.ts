/** How long to wait before the next attempt, in milliseconds. */
export interface Backoff {
  readonly delayMsMin: number;
  readonly delayMsMax: number;
}

/** For a vCenter that is away: back within moments of its return. */
export const RECONNECT: Backoff = { delayMsMin: 200, delayMsMax: 5_000 };

/**
 * For refused credentials: at most four attempts in any three minutes. vCenter locks an account at the fifth, unless told
 * otherwise, and then for everybody who uses it.
 */
export const REFUSED: Backoff = { delayMsMin: 15_000, delayMsMax: 120_000 };

/**
 * The delay after `failures` failures in a row (from 1): doubling up to the limit, and up to half as much again by
 * `random` (from 0 to 1), so that many clients do not come back as one.
 */
export function backoffDelayMs(backoff: Backoff, failures: number, random: number): number {
  const delayMs = Math.min(backoff.delayMsMin * 2 ** Math.min(failures - 1, 30), backoff.delayMsMax);
  return Math.min(delayMs * (1 + random / 2), Math.max(delayMs, backoff.delayMsMax));
}
