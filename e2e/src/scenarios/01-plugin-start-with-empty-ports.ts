import assert from 'node:assert/strict';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { requestsSince } from '../checks/wire.ts';
import { ONLY_ONE, scenario } from './scenario.ts';

export const pluginStartWithEmptyPorts = scenario({
  number: 1,
  title: 'Plugin start with empty ports',
  residents: false,
  variants: ONLY_ONE,
  async run(world) {
    await world.start();
    await settled(world);
    await syncedAndSwept(world);

    await settled(world);
    for (const agent of world.agents) {
      const operations = (await requestsSince(agent)).map(({ operation }) => operation);
      assert.deepEqual(operations, ['sync'], `requests to ${agent.name}`);
    }
  },
});
