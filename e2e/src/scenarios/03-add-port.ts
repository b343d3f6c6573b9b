import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { assertAdded, assertNoSync, mark, requestsSince } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { ONLY_ONE, scenario } from './scenario.ts';

export const addPort = scenario({
  number: 3,
  title: 'Add port',
  variants: ONLY_ONE,
  async run(world) {
    const [agent] = world.agents;
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);
    const before = await mark(agent);

    const added = await addPorts(world, ['guest-1a']);
    await settled(world);

    const requests = await requestsSince(agent, before);
    assertAdded(requests, added, world.traits);
    assertNoSync(requests);
    await watch.assertUndisturbed();
  },
});
