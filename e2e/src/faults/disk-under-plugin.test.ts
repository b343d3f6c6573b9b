import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { expectedPorts } from '../world/oracle.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import type { World } from '../world/world.ts';
import { disksMissing, makeReadOnly, mountSmallDisk } from './disks.ts';
import { FAULT_TEST, faultWorld } from './fault-world.ts';

const missing = disksMissing();
/** Far more than fit into what SQLite may have kept for itself. */
const CHANGES_MAX = 100;

test.skipIf(missing)(
  'full disk under the plugin: it stops with a clear error rather than forget',
  FAULT_TEST,
  async () => {
    const world = await faultWorld();
    const disk = mountSmallDisk(world.plugin.stateDir);
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);

    disk.fill();
    let ended: { readonly code: number | null } | undefined;
    void world.plugin.exited.then((exit) => (ended = exit));
    // Its ledger may still have room for a few more lines.
    for (let change = 0; ended === undefined; change += 1) {
      expect(change, 'changes that a full disk took').toBeLessThan(CHANGES_MAX);
      await (change % 2 === 0 ? addPorts : deletePorts)(world, ['guest-1a']);
      await waitFor(async () => ended !== undefined || (await holdsWhatItShould(world)), {
        what: 'the change to reach the agent, or the plugin to stop',
      });
    }
    expect(ended?.code).toBe(1);
    expect(world.plugin.log()).toMatch(/ledger.*(full|space)|(full|space).*ledger/i);
    await world.plugin.kill();

    disk.free();
    await addPorts(world, ['guest-1b']);
    await world.startPlugin();
    await settled(world);
    await watch.assertUndisturbed();
  },
);

test.skipIf(missing)(
  'read-only disk under the plugin: it does not start, and says which folder it is',
  FAULT_TEST,
  async () => {
    const world = await faultWorld();
    await world.startAgents();
    const mend = makeReadOnly(world.plugin.stateDir);
    const { code, stderr } = await world.plugin.startRefused(world.agents);
    expect(code).toBe(1);
    expect(stderr).toContain(world.plugin.stateDir);
    expect(stderr).toContain('cannot be used');
    mend();
    await world.startPlugin();
    await settled(world);
  },
);

async function holdsWhatItShould({ agents: [agent], picture, lifecycle }: World): Promise<true> {
  expect(await heldInTable(agent)).toEqual(expectedPorts(picture, lifecycle, agent.host));
  return true;
}
