import { vcenterSimMissing } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { changesAsked, incompleteReason } from '../checks/introspection.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { marks } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { VsphereInventory } from '../world/vsphere-inventory.ts';
import type { World } from '../world/world.ts';
import { FAULT_TEST, faultWorld, steadyWorld } from './fault-world.ts';

const missing = vcenterSimMissing();
const PASSWORD = 'not-the-password';

test.skipIf(missing)('login refused: nothing is sent, and the reason is shown', FAULT_TEST, async () => {
  const world = await faultWorld({ inventory: 'vsphere', password: PASSWORD });
  await world.startAgents();
  await world.plugin.startUnready(world.agents);
  expect(await incompleteReason(world)).toMatch(/login|password/i);
  const { ready, reasons } = await world.plugin.introspect.readiness();
  expect(ready).toBe(false);
  expect(reasons.join()).toMatch(/login|password/i);
  expect(await changesAsked(world, [])).toEqual([]);
  expect(world.plugin.log()).not.toContain(PASSWORD);
});

test.skipIf(missing)('session expired: the plugin logs in again and misses nothing', FAULT_TEST, async () => {
  const world = await steadyWorld({ inventory: 'vsphere' });
  const watch = await watchLivePorts(world);
  const before = await marks(world);

  await vcenter(world).sim.terminateSessions();
  await addPorts(world, ['guest-1a']);

  await settled(world);
  await watch.assertUndisturbed();
  expect(await changesAsked(world, before)).toEqual(['add', 'enable']);
});

test.skipIf(missing)(
  'vCenter gone and back: ports stay, and what happened is caught up',
  FAULT_TEST,
  async () => {
    const world = await steadyWorld({ inventory: 'vsphere' });
    const watch = await watchLivePorts(world);
    const before = await marks(world);

    await vcenter(world).vanish();
    expect(await incompleteReason(world)).not.toBe('');
    expect(await changesAsked(world, before)).toEqual([]);
    await vcenter(world).comeBack(['guest-1a']);

    await settled(world);
    await watch.assertUndisturbed();
    expect(await changesAsked(world, before)).toEqual(['add', 'enable']);
  },
);

test.skipIf(missing)(
  'a plugin that starts while vCenter is gone sends nothing until it is back',
  FAULT_TEST,
  async () => {
    const world = await steadyWorld({ inventory: 'vsphere' });
    const watch = await watchLivePorts(world);
    const before = await marks(world);
    await world.plugin.end('stop');

    await vcenter(world).vanish();
    await world.plugin.startUnready(world.agents);
    expect(await incompleteReason(world)).not.toBe('');
    expect((await world.plugin.introspect.agents()).map(({ phase }) => phase)).toEqual(['gated', 'gated']);
    expect(await changesAsked(world, before)).toEqual([]);
    await vcenter(world).comeBack(['guest-1a']);

    await settled(world);
    await watch.assertUndisturbed();
  },
);

function vcenter({ inventory }: World): VsphereInventory {
  if (inventory instanceof VsphereInventory) return inventory;
  throw new Error('this test needs a vCenter');
}
