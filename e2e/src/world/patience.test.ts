import { expect, test } from 'vitest';
import { sweepAfterMs } from './patience.ts';

test('sweeps come soon on a quiet machine, later on a loaded one, and not too late on any', () => {
  expect(sweepAfterMs([0], 2)).toBe(1_500);
  expect(sweepAfterMs([4], 2)).toBe(1_500);
  expect(sweepAfterMs([8], 2)).toBe(3_000);
  expect(sweepAfterMs([400], 2)).toBe(6_000);
  expect(sweepAfterMs([])).toBe(1_500);
});
