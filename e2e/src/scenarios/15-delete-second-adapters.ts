import { watchLivePorts } from '../checks/live-ports.ts';
import { assertReachable } from '../checks/reachability.ts';
import { settled } from '../checks/settled.ts';
import { assertDeleted, assertUntouched, marks, requestsSince } from '../checks/wire.ts';
import { addPorts, addSecondAdapters, idsOn, removeSecondAdapters } from '../world/triggers.ts';
import { PAIRS, scenario } from './scenario.ts';

export const deleteSecondAdapters = scenario({
  number: 15,
  title: 'Delete these two second adapters.',
  variants: PAIRS,
  async run(world, pair) {
    await world.start();
    await settled(world);
    await addPorts(world, pair);
    await settled(world);
    const watch = await watchLivePorts(world);
    const firstAdapters = pair.flatMap((name) => world.portIdsOf(name));
    await addSecondAdapters(world, pair);
    await settled(world);
    const before = await marks(world);

    const deleted = await removeSecondAdapters(world, pair);
    await settled(world);

    await assertReachable(world, firstAdapters);
    for (const [index, agent] of world.agents.entries()) {
      const requests = await requestsSince(agent, before[index]);
      assertDeleted(requests, idsOn(world, agent.host, pair, deleted));
      assertUntouched(requests, firstAdapters);
    }
    await watch.assertUndisturbed();
  },
});
