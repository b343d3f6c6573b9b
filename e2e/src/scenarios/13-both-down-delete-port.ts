import { forwardsAsIn } from '../checks/forwarding.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { assertGoneWithoutMemory } from '../checks/without-memory.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertNeverAskedFor, assertSyncFirst, requestsSince } from '../checks/wire.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import { ANY_ORDER, scenario, type BothDown } from './scenario.ts';

const VARIANTS: Readonly<Record<string, BothDown>> = {
  ...ANY_ORDER,
  'crash, agents first, state lost': { how: 'crash', first: 'agents', stateLost: true },
  'crash, plugin first, state lost': { how: 'crash', first: 'plugin', stateLost: true },
};

export const bothDownDeletePort = scenario({
  number: 13,
  title: 'vrouter and plugin stop, delete port, vrouter and plugin start in any order',
  variants: VARIANTS,
  async run(world, { how, first, stateLost }) {
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);
    await addPorts(world, ['guest-1a']);
    await settled(world);

    const known = world.picture;
    await world.endBoth(how);
    const deleted = await deletePorts(world, ['guest-1a']);
    await forwardsAsIn(world, known);
    if (stateLost) world.plugin.loseState();
    await world.startBoth(first);
    await syncedAndSwept(world);

    await settled(world);
    await watch.assertUndisturbed();
    for (const agent of world.agents) assertSyncFirst(await requestsSince(agent));
    const requests = await requestsSince(world.agents[0]);
    assertNeverAskedFor(requests, deleted);
    if (stateLost) assertGoneWithoutMemory(world, requests, deleted);
  },
});
