import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

test('calls once, after the delay', async () => {
  const startMs = systemClock.now();
  const calledAtMs = await new Promise<number>((resolve) => {
    systemClock.schedule(5, () => resolve(systemClock.now()));
  });
  expect(calledAtMs).toBeGreaterThanOrEqual(startMs + 4);
});

test('a cancelled action is never called', async () => {
  const called: string[] = [];
  systemClock.schedule(0, () => called.push('cancelled'))();
  await new Promise<void>((resolve) => void systemClock.schedule(5, resolve));
  expect(called).toEqual([]);
});

test('a delay of years does not fire at once, one in the past does', async () => {
  const called: string[] = [];
  const cancels = [
    systemClock.schedule(1e15, () => called.push('years')),
    systemClock.schedule(Number.POSITIVE_INFINITY, () => called.push('never')),
    systemClock.schedule(-1e15, () => called.push('past')),
  ];
  await new Promise<void>((resolve) => void systemClock.schedule(10, resolve));
  for (const cancel of cancels) cancel();
  expect(called).toEqual(['past']);
});
