import { manualClock } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { AdjustableClock } from './adjustable-clock.ts';

const settled = async (): Promise<void> => undefined;

test('untouched it goes with the clock beneath, and a cancelled timer never runs', async () => {
  const base = manualClock(1_000);
  const clock = new AdjustableClock(base);
  const seen: number[] = [];
  clock.schedule(10, () => seen.push(clock.now()));
  clock.schedule(5, () => seen.push(-1))();
  await base.advance(20);
  expect(seen).toEqual([1_010]);
  expect(clock.state).toEqual({ nowMs: 1_020, frozen: false, pending: 0 });
});

test('frozen, nothing falls due; unfrozen, the rest of the time has to go by', async () => {
  const base = manualClock(0);
  const clock = new AdjustableClock(base);
  const seen: string[] = [];
  clock.schedule(10, () => seen.push('before'));
  clock.freeze();
  clock.schedule(20, () => seen.push('frozen'));
  await base.advance(1_000);
  expect(seen).toEqual([]);
  expect(clock.now()).toBe(0);
  clock.unfreeze();
  await base.advance(9);
  expect(seen).toEqual([]);
  await base.advance(11);
  expect(seen).toEqual(['before', 'frozen']);
});

test('set forward, what falls due runs in order, each settled before the next, also what it sets off', async () => {
  const clock = new AdjustableClock(manualClock(0));
  const seen: string[] = [];
  clock.schedule(30, () => seen.push(`late at ${clock.now()}`));
  clock.schedule(10, () => {
    seen.push('first');
    clock.schedule(5, () => seen.push(`of the first at ${clock.now()}`));
  });
  await clock.advance(29, async () => void seen.push('settled'));
  expect(seen).toEqual(['settled', 'first', 'settled', 'of the first at 15', 'settled']);
  expect(clock.state).toEqual({ nowMs: 29, frozen: false, pending: 1 });
});

test('a settle that fails leaves the clock going', async () => {
  const base = manualClock(0);
  const clock = new AdjustableClock(base);
  await expect(clock.advance(10, () => Promise.reject(new Error('stuck')))).rejects.toThrow('stuck');
  expect(clock.state.frozen).toBe(false);
  await clock.advance(10, settled);
  expect(clock.now()).toBe(10);
});

test('a timer that sets itself again without delay is an error, not an endless loop', async () => {
  const clock = new AdjustableClock(manualClock(0));
  const again = (): void => void clock.schedule(0, again);
  again();
  await expect(clock.advance(1, settled)).rejects.toThrow('more than 100000 timers');
});
