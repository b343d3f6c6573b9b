import { expect, test } from 'vitest';
import { planOf } from '../plan/plan.ts';
import { World } from '../world/world.ts';

const newWorld = (): World => new World({ ...planOf(1), randomOf: () => () => 0.5 });

test('a plugin that is started while it is stopping begins anew when it is gone', async () => {
  const { plugin, clock } = newWorld();
  plugin.start();
  const first = plugin.core;
  const stopped = plugin.stop();
  plugin.start();
  expect(plugin.core).toBe(first);
  await stopped;
  await clock.runUntil(clock.now(), () => false);
  expect(plugin.isUp).toBe(true);
  expect(plugin.core).not.toBe(first);
});

test('a plugin that is stopped and not started again is gone', async () => {
  const { plugin, clock } = newWorld();
  plugin.start();
  await plugin.stop();
  await clock.runUntil(clock.now() + 1000, () => false);
  expect(plugin.isUp).toBe(false);
});
