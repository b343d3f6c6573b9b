import { expect, test } from 'vitest';
import { LoadMeter } from './load-meter.ts';

function meterAfter(
  count: number,
  everyMs: number,
): { isHigh: boolean; isHighAfter: (ms: number) => boolean } {
  const meter = new LoadMeter();
  let nowMs = 1000;
  for (let index = 0; index < count; index += 1) meter.add(1, (nowMs += everyMs));
  return { isHigh: meter.isHigh(nowMs), isHighAfter: (ms) => meter.isHigh(nowMs + ms) };
}

test('nothing is no load', () => {
  expect(new LoadMeter().isHigh(0)).toBe(false);
});

test('a change now and then is none however long it goes on, nor is a burst', () => {
  expect(meterAfter(10_000, 4).isHigh).toBe(false);
  expect(meterAfter(32, 0).isHigh).toBe(false);
});

test('many changes are one, until a little while after the last', () => {
  const { isHigh, isHighAfter } = meterAfter(10_000, 1);
  expect(isHigh).toBe(true);
  expect([50, 70].map(isHighAfter)).toEqual([true, false]);
});
