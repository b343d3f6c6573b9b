import { forwardsAsIn } from '../checks/forwarding.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertAdded, assertSyncFirst, marks, requestsSince } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { scenario, STOP_OR_CRASH } from './scenario.ts';

export const pluginDownAddPort = scenario({
  number: 10,
  title: 'Plugin stop, add port , plugin start',
  variants: STOP_OR_CRASH,
  async run(world, how) {
    const [agent] = world.agents;
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);

    const known = world.picture;
    await world.plugin.end(how);
    const before = await marks(world);
    const added = await addPorts(world, ['guest-1a']);
    await forwardsAsIn(world, known);
    await world.startPlugin();
    await settled(world);
    await syncedAndSwept(world, before);

    await settled(world);
    await watch.assertUndisturbed();
    const requests = await requestsSince(agent, before[0]);
    assertSyncFirst(requests);
    assertAdded(requests, added, world.traits);
  },
});
