import { vcenterSimMissing } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { changesAsked } from '../checks/introspection.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { marks } from '../checks/wire.ts';
import { vmOf } from '../world/picture.ts';
import { VsphereInventory } from '../world/vsphere-inventory.ts';
import { FAULT_TEST, steadyWorld } from './fault-world.ts';

test.skipIf(vcenterSimMissing())(
  'guest tools that are silent over a restart of the plugin cost no port its address',
  FAULT_TEST,
  async () => {
    const world = await steadyWorld({ inventory: 'vsphere' });
    const watch = await watchLivePorts(world);
    if (!(world.inventory instanceof VsphereInventory)) throw new Error('this test needs a vCenter');
    const [adapter] = vmOf(world.picture, 'resident-1').adapters;
    if (adapter?.ip === undefined) throw new Error('this test needs a VM with an address');

    await world.plugin.end('stop');
    await world.inventory.sim.apply({ action: 'guestIp', vm: 'resident-1', mac: adapter.mac, ip: [] });
    const before = await marks(world);
    await world.startPlugin();

    await settled(world);
    await watch.assertUndisturbed();
    expect(await changesAsked(world, before)).not.toContain('delete');
  },
);
