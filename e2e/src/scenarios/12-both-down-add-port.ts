import { forwardsAsIn } from '../checks/forwarding.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertAdded, assertSyncFirst, requestsSince } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { ANY_ORDER, scenario } from './scenario.ts';

export const bothDownAddPort = scenario({
  number: 12,
  title: 'vrouter and plugin stop, add port, vrouter and plugin start in any order',
  variants: ANY_ORDER,
  async run(world, { how, first }) {
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);

    const known = world.picture;
    await world.endBoth(how);
    const added = await addPorts(world, ['guest-1a']);
    await forwardsAsIn(world, known);
    await world.startBoth(first);
    await settled(world);
    await syncedAndSwept(world);

    await settled(world);
    await watch.assertUndisturbed();
    for (const agent of world.agents) assertSyncFirst(await requestsSince(agent));
    assertAdded(await requestsSince(world.agents[0]), added, world.traits);
  },
});
