import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, DEFAULT_LIMITS, limitsFrom } from './limits.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a back-off is never over the cap, never hasty, and grows with the failures', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), random, (failures, chance) => {
      const delayMs = backOffMs(failures, chance, DEFAULT_LIMITS);
      expect(delayMs).toBeLessThanOrEqual(DEFAULT_LIMITS.retryMsMax);
      expect(delayMs).toBeGreaterThanOrEqual(DEFAULT_LIMITS.retryMsMin / 2);
      expect(backOffMs(failures + 1, chance, DEFAULT_LIMITS)).toBeGreaterThanOrEqual(delayMs);
    }),
  );
});

test('back-offs are spread over half of their length', () => {
  expect(backOffMs(20, 0, DEFAULT_LIMITS)).toBe(4_000);
  expect(backOffMs(20, 0.5, DEFAULT_LIMITS)).toBe(6_000);
});

test('what may still arrive is settled before the sweep', () => {
  const limits = limitsFrom({ staleTimeoutMs: 2_000, responseMs: 5_000, reconnect: 'resync' });
  expect(limits).toEqual({
    ...DEFAULT_LIMITS,
    staleTimeoutMs: 2_000,
    settleMs: 1_000,
    retryMsMax: 800,
    reconnect: 'resync',
  });
  expect(limitsFrom({ staleTimeoutMs: 60_000, responseMs: 5_000, reconnect: 're-add' }).settleMs).toBe(
    10_000,
  );
});

test.each([2_000, 15_000, 60_000])(
  'with %i ms until a sweep, an attempt follows while the last one may still arrive',
  (staleTimeoutMs) => {
    const limits = limitsFrom({ staleTimeoutMs, responseMs: 5_000, reconnect: 're-add' });
    expect(backOffMs(100, 0.999, limits)).toBeLessThan(limits.settleMs);
  },
);
