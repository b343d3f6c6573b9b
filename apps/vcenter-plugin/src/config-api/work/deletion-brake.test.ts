import { manualClock } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { DeletionBrake, type Mirrored } from './deletion-brake.ts';

const LIMITS = { count: 2, share: 0.5, holdMs: 1_000 };

/** Interfaces `1` to `total`, of which the first `gone` have no adapter any more. */
function mirrored(total: number, gone: number, isHeld = false): Mirrored[] {
  return Array.from({ length: total }, (_, nth) => ({
    uuid: String(nth + 1),
    isGone: nth < gone,
    isHeld: () => isHeld,
  }));
}

function brakeOn(clock = manualClock()): { brake: DeletionBrake; releases: () => number } {
  let count = 0;
  const brake = new DeletionBrake(LIMITS, clock, () => (count += 1));
  return { brake, releases: () => count };
}

test.each([
  [4, 2, false],
  [6, 3, false],
  [5, 3, true],
  [3, 3, true],
])('of %i interfaces %i are gone: held back is %s', (total, gone, isHeldBack) => {
  const { brake } = brakeOn();
  brake.look(mirrored(total, gone));
  expect(brake.holds('1')).toBe(isHeldBack);
  expect(brake.holds(String(total + 1))).toBe(false);
  brake.stop();
});

test('those that agents hold are for the brakes of the agents, then and later', () => {
  const { brake } = brakeOn();
  brake.look(mirrored(4, 4, true));
  expect(brake.report()).toBeUndefined();
  brake.look(mirrored(4, 4, false));
  expect(brake.report()).toBeUndefined();
});

test('each goes when it has been missing for long enough, and is not held back again', async () => {
  const clock = manualClock(0);
  const { brake, releases } = brakeOn(clock);
  brake.look(mirrored(5, 3));
  await clock.advance(600);
  brake.look(mirrored(5, 4));
  expect(brake.report()).toEqual({ interfaces: 4, releaseAtMs: 1_000 });
  await clock.advance(400);
  expect(brake.report()).toEqual({ interfaces: 1, releaseAtMs: 1_600 });
  expect(releases()).toBe(1);
  brake.look(mirrored(5, 4));
  expect(brake.holds('1')).toBe(false);
  brake.stop();
  expect(clock.pendingCount()).toBe(0);
});

test('what comes back is let off, and counts anew when it goes again', async () => {
  const clock = manualClock(0);
  const { brake } = brakeOn(clock);
  brake.look(mirrored(5, 3));
  await clock.advance(500);
  brake.look(mirrored(5, 0));
  expect(brake.report()).toBeUndefined();
  brake.look(mirrored(5, 3));
  expect(brake.report()).toEqual({ interfaces: 3, releaseAtMs: 1_500 });
  brake.stop();
});

test('an operator lets all go at once', () => {
  const { brake, releases } = brakeOn();
  brake.look(mirrored(5, 3));
  expect(brake.release()).toBe(3);
  expect(brake.release()).toBe(0);
  expect(releases()).toBe(1);
  expect(brake.report()).toBeUndefined();
});
