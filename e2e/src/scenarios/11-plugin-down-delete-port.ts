import { forwardsAsIn } from '../checks/forwarding.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { assertGoneWithoutMemory } from '../checks/without-memory.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertNeverAskedFor, assertSyncFirst, marks, requestsSince } from '../checks/wire.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import type { Ending } from '../world/ending.ts';
import { scenario } from './scenario.ts';

const VARIANTS: Readonly<Record<string, { how: Ending; stateLost: boolean }>> = {
  stop: { how: 'stop', stateLost: false },
  crash: { how: 'crash', stateLost: false },
  'crash, state lost': { how: 'crash', stateLost: true },
};

export const pluginDownDeletePort = scenario({
  number: 11,
  title: 'Plugin stop, delete port , plugin start',
  variants: VARIANTS,
  async run(world, { how, stateLost }) {
    const [agent] = world.agents;
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);
    await addPorts(world, ['guest-1a']);
    await settled(world);

    const known = world.picture;
    await world.plugin.end(how);
    const before = await marks(world);
    const deleted = await deletePorts(world, ['guest-1a']);
    await forwardsAsIn(world, known);
    if (stateLost) world.plugin.loseState();
    await world.startPlugin();
    await syncedAndSwept(world, before);

    await settled(world);
    await watch.assertUndisturbed();
    const requests = await requestsSince(agent, before[0]);
    assertSyncFirst(requests);
    assertNeverAskedFor(requests, deleted);
    if (stateLost) assertGoneWithoutMemory(world, requests, deleted);
  },
});
