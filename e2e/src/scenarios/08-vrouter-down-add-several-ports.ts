import { forwardsAsIn } from '../checks/forwarding.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { retryListShows } from '../checks/retry-list.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertAdded, assertNoSync, assertQuiet, mark, requestsSince } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { scenario, STOP_OR_CRASH } from './scenario.ts';

export const vrouterDownAddSeveralPorts = scenario({
  number: 8,
  title: 'Vrouter stop (or crash) add several ports, vrouter start',
  variants: STOP_OR_CRASH,
  async run(world, how) {
    const [agent, other] = world.agents;
    await world.start();
    await settled(world);
    await syncedAndSwept(world);
    const watch = await watchLivePorts(world);

    const before = await mark(other);
    const known = world.picture;
    await agent.end(how);
    const added = await addPorts(world, ['guest-1a', 'guest-1b', 'guest-1c']);
    await retryListShows(world, agent, 'add', added);
    await forwardsAsIn(world, known);
    await agent.start();
    await settled(world);

    const requests = await requestsSince(agent);
    assertAdded(requests, added, world.traits);
    assertNoSync(requests);
    assertQuiet(await requestsSince(other, before));
    await watch.assertUndisturbed();
  },
});
