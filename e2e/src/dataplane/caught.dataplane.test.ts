import { onTestFinished, expect, test } from 'vitest';
import { forwardsAsIn } from '../checks/forwarding.ts';
import { settled } from '../checks/settled.ts';
import { AgentProxy, type ProxyOptions } from '../proxy/agent-proxy.ts';
import { addPorts, deletePorts } from '../world/triggers.ts';
import type { World } from '../world/world.ts';
import { dataPlaneMissing } from './available.ts';
import { DATA_PLANE_TEST, wiredWorld } from './testing.ts';

/** Defects of a plugin, as its agents would see them: something between the two commits them when told to. */
const dataPlane = test.skipIf(dataPlaneMissing());

type Forge = NonNullable<ProxyOptions['forge']>;

interface Defective {
  readonly world: World;
  /** From now on the plugin has the defect. */
  begin(): void;
}

async function pluginWith(defect: Forge): Promise<Defective> {
  const { world } = await wiredWorld();
  let hasBegun = false;
  const forge: Forge = (exchange, body) => (hasBegun ? defect(exchange, body) : body);
  await world.startAgents();
  const proxies = await Promise.all(
    world.agents.map(async ({ name, host, url }) => {
      const proxy = new AgentProxy({ target: () => url, forge });
      await proxy.open();
      onTestFinished(() => proxy.close());
      return { name, host, url: proxy.url };
    }),
  );
  await world.plugin.start(proxies);
  // Without the defect all is well: what fails from here on is its doing.
  await settled(world);
  return { world, begin: () => (hasBegun = true) };
}

dataPlane('pings catch a plugin that swaps tx- and rx-VLAN', DATA_PLANE_TEST, async () => {
  const { world, begin } = await pluginWith(({ operation, ports }, body) => {
    if (operation !== 'add') return body;
    const swapped = ports.map((port) => ({
      ...port,
      'rx-vlan-id': port['tx-vlan-id'],
      'tx-vlan-id': port['rx-vlan-id'],
    }));
    return JSON.stringify(swapped.length === 1 ? swapped[0] : swapped);
  });
  begin();
  await addPorts(world, ['guest-1a']);
  await expect(forwardsAsIn(world, world.picture)).rejects.toThrow(
    'resident-1 eth0 (blue) to guest-1a eth0 (blue) must be answered, and is not',
  );
});

dataPlane('pings catch a plugin that does not enable a port', DATA_PLANE_TEST, async () => {
  const { world, begin } = await pluginWith(({ operation }, body) => (operation === 'enable' ? null : body));
  begin();
  await addPorts(world, ['guest-1a']);
  await expect(forwardsAsIn(world, world.picture)).rejects.toThrow(
    'resident-1 eth0 (blue) to guest-1a eth0 (blue) must be answered, and is not',
  );
});

dataPlane('pings catch a plugin that forgets to delete a port', DATA_PLANE_TEST, async () => {
  const { world, begin } = await pluginWith(({ operation }, body) => (operation === 'delete' ? null : body));
  await addPorts(world, ['guest-1a']);
  await settled(world);
  begin();
  await deletePorts(world, ['guest-1a']);
  await expect(forwardsAsIn(world, world.picture)).rejects.toThrow(
    'guest-1a eth0 (blue) to resident-1 eth0 (blue) must not be answered, and is',
  );
});
