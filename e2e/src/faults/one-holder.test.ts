import { expect, test } from 'vitest';
import { settled } from '../checks/settled.ts';
import { addPorts } from '../world/triggers.ts';
import { FAULT_TEST, steadyWorld } from './fault-world.ts';

test(
  'a second plugin or agent on the same folder is refused, and told who holds it',
  FAULT_TEST,
  async () => {
    const world = await steadyWorld();
    const [agent] = world.agents;

    const plugin = await world.plugin.startRefused(world.agents);
    expect(plugin.code).toBe(1);
    expect(plugin.stderr).toContain(`pid ${world.plugin.pid}`);
    expect(plugin.stderr).toContain(world.plugin.stateDir);

    const twin = await agent.startRefused();
    expect(twin.code).toBe(1);
    expect(twin.stderr).toContain(`pid ${agent.pid}`);
    expect(twin.stderr).toContain(agent.stateDir);

    // The holders have not noticed.
    await addPorts(world, ['guest-1a']);
    await settled(world);
  },
);
