import { manualClock } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Throttle } from './throttle.ts';

test('many askings are one call, and a long action is called less often', async () => {
  let tookMs = 0;
  const clock = manualClock(0);
  const calls: number[] = [];
  const slow = {
    now: () => clock.now() + tookMs,
    schedule: (delayMs: number, action: () => void) => clock.schedule(delayMs, action),
  };
  const throttle = new Throttle(slow, () => {
    calls.push(clock.now());
    tookMs += 100;
  });
  throttle.call();
  throttle.call();
  await clock.advance(10);
  expect(calls).toEqual([10]);
  throttle.call();
  await clock.advance(899);
  expect(calls).toEqual([10]);
  await clock.advance(1);
  expect(calls).toEqual([10, 910]);
});

test('after a quiet time the call comes at once; after the end there is none', async () => {
  const clock = manualClock(0);
  let calls = 0;
  const throttle = new Throttle(clock, () => (calls += 1));
  await clock.advance(5_000);
  throttle.call();
  await clock.advance(10);
  expect(calls).toBe(1);
  throttle.call();
  throttle.stop();
  await clock.advance(5_000);
  expect(calls).toBe(1);
});
