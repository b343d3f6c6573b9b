import { forwardsAsIn } from '../checks/forwarding.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { retryListShows } from '../checks/retry-list.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertDeleted, assertNoSync, assertQuiet, mark, requestsSince } from '../checks/wire.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import { scenario, STOP_OR_CRASH } from './scenario.ts';

export const vrouterDownDeleteOnePort = scenario({
  number: 7,
  title: 'Vrouter stop (or crash), delete one port, vrouter start',
  variants: STOP_OR_CRASH,
  async run(world, how) {
    const [agent, other] = world.agents;
    await world.start();
    await settled(world);
    await syncedAndSwept(world);
    const watch = await watchLivePorts(world);
    await addPorts(world, ['guest-1a']);
    await settled(world);

    const before = await mark(other);
    const known = world.picture;
    await agent.end(how);
    const deleted = await deletePorts(world, ['guest-1a']);
    await retryListShows(world, agent, 'delete', deleted);
    await forwardsAsIn(world, known);
    await agent.start();
    await settled(world);

    const requests = await requestsSince(agent);
    assertDeleted(requests, deleted);
    assertNoSync(requests);
    assertQuiet(await requestsSince(other, before));
    await watch.assertUndisturbed();
  },
});
