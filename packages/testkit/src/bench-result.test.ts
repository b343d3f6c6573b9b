import { expect, test } from 'vitest';
import { median } from './bench-result.ts';

test.for([
  [[3, 1, 2], 2],
  [[10, 9, 100, 1], 9],
  [[7], 7],
] as const)('the median of %j is %d', ([values, expected]) => {
  expect(median(values)).toBe(expected);
});

test('nothing has no median', () => {
  expect(median([])).toBeNaN();
});
