import assert from 'node:assert/strict';
import { waitFor } from '@vrouter/testkit';
import { onTestFinished, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import { World } from '../world/world.ts';

const TEST_MS_MAX = 240_000;
const CONVERGED_MS_MAX = 60_000;

for (const profile of ['r3.1', 'r4.1', 'tf'] as const) {
  test(
    `the plugin converges against an agent of profile ${profile}, through restarts of either`,
    { timeout: TEST_MS_MAX },
    async () => {
      const world = await World.create({
        inventory: 'file',
        lifecycle: 'power',
        mode: 'standalone',
        profile,
        residents: true,
      });
      onTestFinished(async () => {
        await world.close();
        world.remove();
      });
      const [agent] = world.agents;
      await world.start();
      await converged(world);

      await addPorts(world, ['guest-1a', 'guest-1b', 'guest-2a']);
      await converged(world);
      await deletePorts(world, ['guest-1b']);
      await converged(world);

      await world.plugin.end('crash');
      await addPorts(world, ['guest-1c']);
      await deletePorts(world, ['guest-2a']);
      await world.startPlugin();
      await converged(world);

      await agent.end('crash');
      await addPorts(world, ['guest-1b', 'guest-2b']);
      await deletePorts(world, ['guest-1a']);
      await agent.start();
      await converged(world);
    },
  );
}

/**
 * Waits until all syncs have swept, each agent holds what the inventory says, in its table and by the names of its
 * files, and the plugin owes nothing.
 */
async function converged(world: World): Promise<void> {
  await waitFor(() => assertConverged(world), {
    what: 'the agents to hold what the inventory says',
    timeoutMs: CONVERGED_MS_MAX,
  });
}

async function assertConverged(world: World): Promise<true> {
  for (const agent of world.agents) {
    assert.deepEqual((await agent.state()).deadlines, [], `sweeps to come of ${agent.name}`);
    const expected = await world.expectedOn(agent);
    assert.deepEqual(await heldInTable(agent), expected, `the table of ${agent.name}`);
    assert.deepEqual(Object.keys(agent.files()), Object.keys(expected), `the port files of ${agent.name}`);
  }
  assert.deepEqual(await world.plugin.introspect.retries(), [], 'the retry list');
  for (const { name, phase } of await world.plugin.introspect.agents())
    assert.equal(phase, 'steady', `phase of ${name}`);
  return true;
}
