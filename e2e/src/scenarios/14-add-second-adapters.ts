import { watchLivePorts } from '../checks/live-ports.ts';
import { assertReachable } from '../checks/reachability.ts';
import { settled } from '../checks/settled.ts';
import { assertAdded, assertUntouched, marks, requestsSince } from '../checks/wire.ts';
import { portIdsOf } from '../world/oracle.ts';
import { addPorts, addSecondAdapters } from '../world/triggers.ts';
import { ONLY_ONE, scenario } from './scenario.ts';

const PAIR = ['guest-1a', 'guest-2a'];

export const addSecondAdaptersToTwoVms = scenario({
  number: 14,
  title: 'Add a second nw adapter to two of the VM, in a different network, and verify ping works.',
  variants: ONLY_ONE,
  async run(world) {
    await world.start();
    await settled(world);
    await addPorts(world, PAIR);
    await settled(world);
    const watch = await watchLivePorts(world);
    const before = await marks(world);
    const firstAdapters = PAIR.flatMap((name) => portIdsOf(world.picture, name));

    const added = await addSecondAdapters(world, PAIR);
    await settled(world);

    await assertReachable(world, added);
    await assertReachable(world, firstAdapters);
    for (const [index, agent] of world.agents.entries()) {
      const requests = await requestsSince(agent, before[index]);
      assertAdded(requests, added.slice(index, index + 1), world.traits);
      assertUntouched(requests, firstAdapters);
    }
    await watch.assertUndisturbed();
  },
});
