import assert from 'node:assert/strict';
import type { Picture } from '../world/picture.ts';
import type { World } from '../world/world.ts';

/** Pings per second that must all be answered while nothing happens to a port. */
const STEADY_RATE = 20;

/**
 * Real pings, where the world has a data plane: what must reach does, what must not does not, when agents know
 * `picture`. An agent that is down, or was not told yet, goes on forwarding by an older one.
 */
export async function forwardsAsIn(world: World, picture: Picture): Promise<void> {
  await world.wire?.assertForwards(world.liveMacs(picture));
}

export interface Forwarding {
  /** Ends the pings; an error if one was lost. */
  assertNothingLost(): Promise<void>;
}

/** Pings all the time between the ports that are live now. Nothing, where the world has no data plane. */
export async function watchForwarding(world: World): Promise<Forwarding> {
  const watch = await world.wire?.watch(world.liveMacs(world.picture), STEADY_RATE);
  return {
    async assertNothingLost() {
      const report = await watch?.stop();
      assert.deepEqual(report?.lost ?? [], [], 'pings between live ports were lost');
    },
  };
}
