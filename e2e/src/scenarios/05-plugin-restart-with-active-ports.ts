import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertSyncFirst, marks, requestsSince } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { scenario, STOP_OR_CRASH } from './scenario.ts';

export const pluginRestartWithActivePorts = scenario({
  number: 5,
  title: 'Plugin restart with active ports',
  variants: STOP_OR_CRASH,
  async run(world, how) {
    await world.start();
    await settled(world);
    await addPorts(world, ['guest-1a', 'guest-2a']);
    await settled(world);
    const watch = await watchLivePorts(world);

    await world.plugin.end(how);
    const before = await marks(world);
    await world.startPlugin();
    await settled(world);
    await syncedAndSwept(world, before);

    await settled(world);
    await watch.assertUndisturbed();
    for (const [index, agent] of world.agents.entries()) {
      assertSyncFirst(await requestsSince(agent, before[index]));
    }
  },
});
