import { samplePort, seededRandom } from '@vrouter/testkit';
import type { PortInput } from '@vrouter/port-model';
import type { DesiredPort } from '../../binding/desired-port.ts';
import { DEFAULT_LIMITS, type SyncLimits } from '../limits.ts';
import { ModelAgent, REFERENCE, type ModelProfile } from './model-agent.ts';
import { World } from './world.ts';

/** Longer than any request of a world without faults takes. */
export const SOON_MS = 500;

/** A world without faults whose plugin has read nothing yet. */
export function newWorld(
  changes: Partial<SyncLimits> = {},
  profile: ModelProfile = REFERENCE,
  random: () => number = seededRandom(1).next,
): World {
  const limits = { ...DEFAULT_LIMITS, ...changes };
  return new World(new ModelAgent(profile, limits.staleTimeoutMs), limits, random);
}

/** A world where the agent has ports 1 to `count`, the sync is long past, and nothing is under way. */
export function steadyWorld(
  count: number,
  changes: Partial<SyncLimits> = {},
  profile: ModelProfile = REFERENCE,
  random?: () => number,
): World {
  const world = newWorld(changes, profile, random);
  for (let number = 1; number <= count; number++) want(world, number);
  world.publish();
  world.advance(2 * world.limits.staleTimeoutMs);
  world.sent.length = 0;
  world.probes.length = 0;
  return world;
}

/** Puts port `number` into what the next `publish` wants. Returns its id. */
export function want(world: World, number: number, changes: Partial<PortInput> = {}, enabled = true): string {
  const wanted: DesiredPort = { port: samplePort(number, changes), enabled };
  world.desired.set(wanted.port.id, wanted);
  return wanted.port.id;
}

/** The kinds of the requests sent, in order. */
export function kinds(world: World): string[] {
  return world.sent.map(({ kind }) => kind);
}
