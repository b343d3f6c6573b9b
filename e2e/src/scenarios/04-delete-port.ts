import { settled } from '../checks/settled.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { assertDeleted, assertNoSync, mark, requestsSince } from '../checks/wire.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import { ONLY_ONE, scenario } from './scenario.ts';

export const deletePort = scenario({
  number: 4,
  title: 'Delete port',
  variants: ONLY_ONE,
  async run(world) {
    const [agent] = world.agents;
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);
    await addPorts(world, ['guest-1a']);
    await settled(world);
    const before = await mark(agent);

    const deleted = await deletePorts(world, ['guest-1a']);
    await settled(world);

    const requests = await requestsSince(agent, before);
    assertDeleted(requests, deleted);
    assertNoSync(requests);
    await watch.assertUndisturbed();
  },
});
