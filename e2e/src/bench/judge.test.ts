import { expect, test } from 'vitest';
import { boundText, isMissed, shown } from './judge.ts';

const row = (value: number, bound?: { atLeast: number } | { atMost: number }) => ({
  name: 'a',
  value,
  unit: 'x',
  ...(bound && { bound }),
});

test('a bound is missed beyond it, not at it', () => {
  expect([2.9, 3, 3.1].map((value) => isMissed(row(value, { atLeast: 3 })))).toEqual([true, false, false]);
  expect([2.9, 3, 3.1].map((value) => isMissed(row(value, { atMost: 3 })))).toEqual([false, false, true]);
  expect(isMissed(row(0))).toBe(false);
});

test('what could not be measured reaches nothing', () => {
  expect(isMissed(row(Number.NaN, { atLeast: 0 }))).toBe(true);
  expect(isMissed(row(Number.NaN, { atMost: 9 }))).toBe(true);
});

test('figures are as short as they can be', () => {
  expect([0.7, 5.8349, 12.5, 217.65, 16265.3].map(shown)).toEqual(['0.7', '5.83', '12.5', '218', '16265']);
  expect(boundText(row(1, { atMost: 217.7 }))).toBe('at most 218');
  expect(boundText(row(1))).toBe('');
});
