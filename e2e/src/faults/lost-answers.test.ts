import { expect, onTestFinished, test } from 'vitest';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { AgentProxy, type Fate } from '../proxy/agent-proxy.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import type { World } from '../world/world.ts';
import { FAULT_TEST, faultWorld } from './fault-world.ts';

const OPERATIONS = ['sync', 'add', 'enable', 'disable', 'delete'] as const;

test.for(['lose', 'cut'] as const)(
  'the first answer to each kind of request is applied and then %s: state and inventory agree in the end',
  FAULT_TEST,
  async (fate) => {
    const world = await faultWorld({ lifecycle: 'link' });
    const spoilt = await startBehindProxies(world, fate);
    await settled(world);

    await addPorts(world, ['guest-1a']);
    await settled(world);
    await world.inventory.powerOff('guest-1a');
    await settled(world);
    await deletePorts(world, ['guest-1a']);
    await settled(world);
    await syncedAndSwept(world);

    await settled(world);
    expect([...spoilt]).toEqual(expect.arrayContaining([...OPERATIONS]));
  },
);

/** Starts the world with a proxy before each agent that spoils the first answer of each operation. */
async function startBehindProxies(world: World, fate: Fate): Promise<ReadonlySet<string>> {
  const spoilt = new Set<string>();
  const proxies = world.agents.map(
    (agent) =>
      new AgentProxy({
        target: () => agent.url,
        fate({ operation }) {
          if (spoilt.has(operation)) return 'pass';
          spoilt.add(operation);
          return fate;
        },
      }),
  );
  await world.startAgents();
  for (const proxy of proxies) {
    await proxy.open();
    onTestFinished(() => proxy.close());
  }
  await world.plugin.start(
    world.agents.map(({ name, host }, index) => ({ name, host, url: proxies[index]?.url ?? '' })),
  );
  return spoilt;
}
