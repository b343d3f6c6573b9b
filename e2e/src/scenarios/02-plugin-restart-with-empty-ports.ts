import assert from 'node:assert/strict';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { marks, requestsSince } from '../checks/wire.ts';
import { scenario, STOP_OR_CRASH } from './scenario.ts';

export const pluginRestartWithEmptyPorts = scenario({
  number: 2,
  title: 'Plugin restart with empty ports',
  residents: false,
  variants: STOP_OR_CRASH,
  async run(world, how) {
    await world.start();
    await settled(world);

    await world.plugin.end(how);
    const before = await marks(world);
    await world.startPlugin();
    await settled(world);
    await syncedAndSwept(world, before);

    await settled(world);
    for (const [index, agent] of world.agents.entries()) {
      const operations = (await requestsSince(agent, before[index])).map(({ operation }) => operation);
      assert.deepEqual(operations, ['sync'], `requests to ${agent.name} after the restart`);
    }
  },
});
