import assert from 'node:assert/strict';
import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../world/agent.ts';
import { expectedPorts } from '../world/oracle.ts';
import type { World } from '../world/world.ts';
import { heldInFiles, heldInTable } from './held.ts';

const SETTLED_MS_MAX = 20_000;

/** Waits until every agent holds what the inventory says, in its table and in its files, and the plugin owes nothing. */
export async function settled(world: World): Promise<void> {
  await waitFor(() => assertSettled(world), {
    what: 'the agents to hold what the inventory says, and the plugin to owe nothing',
    timeoutMs: SETTLED_MS_MAX,
  });
}

async function assertSettled(world: World): Promise<true> {
  for (const agent of world.agents) await assertHolds(world, agent);
  assert.deepEqual(await world.plugin.introspect.retries(), [], 'the retry list');
  for (const { name, phase } of await world.plugin.introspect.agents())
    assert.equal(phase, 'steady', `phase of ${name}`);
  return true;
}

/** The agent's table and its files are exactly the ports of its host, field by field. */
async function assertHolds(world: World, agent: Agent): Promise<void> {
  const expected = expectedPorts(world.picture, world.lifecycle, agent.host);
  assert.deepEqual(await heldInTable(agent), expected, `the table of ${agent.name}`);
  assert.deepEqual(heldInFiles(agent), expected, `the port files of ${agent.name}`);
}
