import { expect, test } from 'vitest';
import { isTimeForFiles, shareOfFiles } from './time-for-files.ts';

test('files get no time until half of those wait that may, then more and more, and all of it in the end', () => {
  const shares = [0, 49, 50, 60, 75, 100, 1000].map((waitingCount) => shareOfFiles(waitingCount, 100));
  expect(shares).toEqual([0, 0, 0, expect.closeTo(0.2), 0.5, 1, 1]);
});

test('a slice comes when the pause before it makes it no more than its share', () => {
  expect(isTimeForFiles(0, 4, 1e9)).toBe(false);
  expect([11.9, 12].map((pausedMs) => isTimeForFiles(0.25, 4, pausedMs))).toEqual([false, true]);
  expect(isTimeForFiles(1, 4, 0)).toBe(true);
});
