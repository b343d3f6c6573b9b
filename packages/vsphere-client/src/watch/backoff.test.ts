import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffDelayMs, RECONNECT, REFUSED } from './backoff.ts';

test('delays double up to the limit', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) => backoffDelayMs(RECONNECT, failures, 0));
  expect(delays).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
});

test('no refused login is tried again within five seconds, and none waits longer than a minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, random) => {
        const delayMs = backoffDelayMs(REFUSED, failures, random);
        expect(delayMs).toBeGreaterThanOrEqual(5_000);
        expect(delayMs).toBeLessThanOrEqual(60_000);
      },
    ),
  );
});

test('two clients do not come back at one moment', () => {
  expect(backoffDelayMs(RECONNECT, 1, 0.2)).not.toBe(backoffDelayMs(RECONNECT, 1, 0.8));
});
