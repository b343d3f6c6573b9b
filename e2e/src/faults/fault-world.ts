import { onTestFinished } from 'vitest';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { World, type CastWorldOptions } from '../world/world.ts';

/** Enough for a few starts of processes on a busy machine. */
export const FAULT_TEST = { timeout: 240_000 };

/** A world with the cast of the scenarios that goes with the test; nothing runs yet. */
export async function faultWorld(options: Partial<CastWorldOptions> = {}): Promise<World> {
  const world = await World.create({
    inventory: 'file',
    lifecycle: 'power',
    mode: 'standalone',
    profile: 'blueprint',
    residents: true,
    ...options,
  });
  onTestFinished(async () => {
    await world.close();
    world.remove();
  });
  return world;
}

/** The same, running, in step, and with the sweep of the plugin's first sync behind it. */
export async function steadyWorld(options: Partial<CastWorldOptions> = {}): Promise<World> {
  const world = await faultWorld(options);
  await world.start();
  await settled(world);
  await syncedAndSwept(world);
  return world;
}
