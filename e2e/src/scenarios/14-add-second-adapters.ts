import { watchLivePorts } from '../checks/live-ports.ts';
import { assertReachable } from '../checks/reachability.ts';
import { settled } from '../checks/settled.ts';
import { assertAdded, assertUntouched, marks, requestsSince } from '../checks/wire.ts';
import { addPorts, addSecondAdapters, idsOn } from '../world/triggers.ts';
import { PAIRS, scenario } from './scenario.ts';

export const addSecondAdaptersToTwoVms = scenario({
  number: 14,
  title: 'Add a second nw adapter to two of the VM, in a different network, and verify ping works.',
  variants: PAIRS,
  async run(world, pair) {
    await world.start();
    await settled(world);
    await addPorts(world, pair);
    await settled(world);
    const watch = await watchLivePorts(world);
    const before = await marks(world);
    const firstAdapters = pair.flatMap((name) => world.portIdsOf(name));

    const added = await addSecondAdapters(world, pair);
    await settled(world);

    await assertReachable(world, added);
    await assertReachable(world, firstAdapters);
    for (const [index, agent] of world.agents.entries()) {
      const requests = await requestsSince(agent, before[index]);
      assertAdded(requests, idsOn(world, agent.host, pair, added), world.traits);
      assertUntouched(requests, firstAdapters);
    }
    await watch.assertUndisturbed();
  },
});
