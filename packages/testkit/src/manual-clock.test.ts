import { expect, test } from 'vitest';
import { manualClock } from './manual-clock.ts';

test('time stands still until advanced', async () => {
  const clock = manualClock(1_000);
  const seen: number[] = [];
  clock.schedule(50, () => seen.push(clock.now()));
  await clock.advance(49);
  expect(seen).toEqual([]);
  expect(clock.pendingCount()).toBe(1);
  await clock.advance(1);
  expect(seen).toEqual([1_050]);
  expect(clock.now()).toBe(1_050);
  expect(clock.pendingCount()).toBe(0);
});

test('timers run in order of time, and in order of scheduling within one moment', async () => {
  const clock = manualClock();
  const seen: string[] = [];
  clock.schedule(20, () => seen.push('late'));
  clock.schedule(10, () => seen.push('first'));
  clock.schedule(10, () => seen.push('second'));
  clock.schedule(-5, () => seen.push('overdue'));
  await clock.advance(20);
  expect(seen).toEqual(['overdue', 'first', 'second', 'late']);
});

test('a cancelled timer never runs', async () => {
  const clock = manualClock();
  const seen: string[] = [];
  const cancel = clock.schedule(10, () => seen.push('cancelled'));
  clock.schedule(5, cancel);
  await clock.advance(100);
  expect(seen).toEqual([]);
});

test('promise chains settle before the next timer, so timers that they start are not missed', async () => {
  const clock = manualClock();
  const seen: number[] = [];
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve));
  const worker = (async () => {
    for (let round = 0; round < 3; round++) {
      await sleep(10);
      await Promise.resolve().then(() => undefined);
      seen.push(clock.now());
    }
  })();
  clock.schedule(25, () => seen.push(-25));
  await clock.advance(30);
  await worker;
  expect(seen).toEqual([10, 20, -25, 30]);
});

test('a failing action is reported and the clock stays usable', async () => {
  const clock = manualClock();
  clock.schedule(10, () => {
    throw new Error('boom');
  });
  await expect(clock.advance(20)).rejects.toThrow('boom');
  expect(clock.now()).toBe(10);
  await clock.advance(10);
  expect(clock.now()).toBe(20);
});

test('time cannot go back', async () => {
  await expect(manualClock().advance(-1)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(manualClock().advance(Number.NaN)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});

test('a timer that re-arms itself without delay is an error, not an endless loop', async () => {
  const clock = manualClock();
  const again = (): void => void clock.schedule(0, again);
  again();
  await expect(clock.advance(1)).rejects.toMatchObject({ code: 'CLOCK_RAN_AWAY' });
});
