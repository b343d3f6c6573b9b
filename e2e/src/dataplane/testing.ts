import { onTestFinished } from 'vitest';
import { settled } from '../checks/settled.ts';

import { World, type CastWorldOptions } from '../world/world.ts';
import { PingStream } from './ping.ts';
import type { Wire } from './wire.ts';

/** Enough for switches, machines and processes on a busy machine. */
export const DATA_PLANE_TEST = { timeout: 120_000 };

/** A world with real machines, which goes with the test; nothing runs yet but switches and machines. */
export async function wiredWorld(
  options: Partial<CastWorldOptions> = {},
): Promise<{ world: World; wire: Wire }> {
  const world = await World.create({
    inventory: 'file',
    lifecycle: 'power',
    mode: 'standalone',
    profile: 'blueprint',
    residents: true,
    dataplane: 'openvswitch',
    ...options,
  });
  onTestFinished(async () => {
    await world.close();
    world.remove();
  });
  const { wire } = world;
  if (wire === undefined) throw new Error('expected a world with a data plane');
  return { world, wire };
}

/** The same, running and in step. */
export async function runningWorld(): Promise<{ world: World; wire: Wire }> {
  const both = await wiredWorld();
  await both.world.start();
  await settled(both.world);
  return both;
}

/** Pings from machine to machine, first adapters, that end with the test. */
export function pingBetween(wire: Wire, from: string, to: string, perSecond: number): PingStream {
  const station = (vm: string) => {
    const found = wire.hypervisor.stations.find((each) => each.vm === vm);
    if (found === undefined) throw new Error(`there is no machine ${vm}`);
    return found;
  };
  const stream = new PingStream(wire.hypervisor, station(from), station(to), perSecond);
  onTestFinished(() => stream.end());
  return stream;
}
