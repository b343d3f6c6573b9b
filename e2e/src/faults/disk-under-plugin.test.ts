import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import { disksMissing, makeReadOnly, mountSmallDisk } from './disks.ts';
import { FAULT_TEST, faultWorld } from './fault-world.ts';

const missing = disksMissing();

test.skipIf(missing)(
  'full disk under the plugin: it stops with a clear error rather than forget',
  FAULT_TEST,
  async () => {
    const world = await faultWorld();
    const disk = mountSmallDisk(world.plugin.stateDir);
    await world.start();
    await settled(world);
    const watch = watchLivePorts(world);

    disk.fill();
    let ended: { readonly code: number | null } | undefined;
    void world.plugin.exited.then((exit) => (ended = exit));
    // Its ledger may still have room for a few more lines.
    await waitFor(
      async () => {
        await addPorts(world, ['guest-1a']);
        await deletePorts(world, ['guest-1a']);
        return ended !== undefined;
      },
      { what: 'the plugin to stop', timeoutMs: 20_000 },
    );
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
