import { watchLivePorts } from '../checks/live-ports.ts';
import { assertReachable } from '../checks/reachability.ts';
import { settled } from '../checks/settled.ts';
import { assertDeleted, assertUntouched, marks, requestsSince } from '../checks/wire.ts';
import { portIdsOf } from '../world/oracle.ts';
import { addPorts, addSecondAdapters, removeSecondAdapters } from '../world/triggers.ts';
import { ONLY_ONE, scenario } from './scenario.ts';

const PAIR = ['guest-1a', 'guest-2a'];

export const deleteSecondAdapters = scenario({
  number: 15,
  title: 'Delete these two second adapters.',
  variants: ONLY_ONE,
  async run(world) {
    await world.start();
    await settled(world);
    await addPorts(world, PAIR);
    await settled(world);
    const watch = await watchLivePorts(world);
    const firstAdapters = PAIR.flatMap((name) => portIdsOf(world.picture, name));
    await addSecondAdapters(world, PAIR);
    await settled(world);
    const before = await marks(world);

    const deleted = await removeSecondAdapters(world, PAIR);
    await settled(world);

    await assertReachable(world, firstAdapters);
    for (const [index, agent] of world.agents.entries()) {
      const requests = await requestsSince(agent, before[index]);
      assertDeleted(requests, deleted.slice(index, index + 1));
      assertUntouched(requests, firstAdapters);
    }
    await watch.assertUndisturbed();
  },
});
