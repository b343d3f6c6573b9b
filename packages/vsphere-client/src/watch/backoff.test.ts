import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffDelayMs, RECONNECT, REFUSED } from './backoff.ts';

test('delays double up to the limit', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) => backoffDelayMs(RECONNECT, failures, 0));
  expect(delays).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
});

test('refused logins never reach the number at which vCenter locks the account', () => {
  const ATTEMPTS_MAX = 4;
  const WITHIN_MS = 180_000;
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
      (jitter) => {
        let atMs = 0;
        const attemptsMs = jitter.map(
          (random, index) => (atMs += backoffDelayMs(REFUSED, index + 1, random)),
        );
        attemptsMs.unshift(0);
        for (const fromMs of attemptsMs) {
          const within = attemptsMs.filter((at) => at >= fromMs && at < fromMs + WITHIN_MS);
          expect(within.length).toBeLessThanOrEqual(ATTEMPTS_MAX);
        }
      },
    ),
  );
});

test('whoever corrects the password waits two minutes at most', () => {
  expect(backoffDelayMs(REFUSED, 10_000, 1)).toBe(120_000);
});

test('two clients do not come back at one moment', () => {
  expect(backoffDelayMs(RECONNECT, 1, 0.2)).not.toBe(backoffDelayMs(RECONNECT, 1, 0.8));
});
