import assert from 'node:assert/strict';
import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../world/agent.ts';
import type { HeldPort } from '../world/oracle.ts';
import type { ProfileTraits } from '../world/profile-traits.ts';
import type { World } from '../world/world.ts';
import { forwardsAsIn } from './forwarding.ts';
import { heldInFiles, heldInTable } from './held.ts';

const SETTLED_MS_MAX = 60_000;

/**
 * Waits until every agent holds what the inventory says, in its table and in its files, and the plugin owes nothing.
 * Then pings show it, where there is a data plane.
 */
export async function settled(world: World): Promise<void> {
  await waitFor(() => assertSettled(world), {
    what: 'the agents to hold what the inventory says, and the plugin to owe nothing',
    timeoutMs: SETTLED_MS_MAX,
  });
  await forwardsAsIn(world, world.picture);
}

/** The same at this moment. */
export async function assertSettled(world: World): Promise<true> {
  for (const agent of world.agents) await assertHolds(world, agent);
  assert.deepEqual(await world.plugin.introspect.retries(), [], 'the retry list');
  for (const { name, phase } of await world.plugin.introspect.agents())
    assert.equal(phase, 'steady', `phase of ${name}`);
  await world.mode.assertSettled(world.picture, world.plugin.introspect);
  return true;
}

/** The agent's table and its files are exactly the ports of its host, field by field. */
async function assertHolds(world: World, agent: Agent): Promise<void> {
  const expected = await world.expectedOn(agent);
  assert.deepEqual(await heldInTable(agent), expected, `the table of ${agent.name}`);
  assert.deepEqual(heldInFiles(agent), inFiles(expected, world.traits), `the port files of ${agent.name}`);
}

/** A file that says nothing of the link state reads as down. */
function inFiles(
  ports: Readonly<Record<string, HeldPort>>,
  { linkStates }: ProfileTraits,
): Readonly<Record<string, HeldPort>> {
  if (linkStates) return ports;
  return Object.fromEntries(Object.entries(ports).map(([id, held]) => [id, { ...held, linkState: 0 }]));
}
