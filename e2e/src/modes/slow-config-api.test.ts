import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { changesAsked } from '../checks/introspection.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { syncedAndSwept } from '../checks/sweep.ts';
import { assertAdded, assertSyncFirst, marks, requestsSince } from '../checks/wire.ts';
import { openInventory } from '../world/open-inventory.ts';
import { addPorts } from '../world/triggers.ts';
import { World } from '../world/world.ts';
import type { ConfigApi } from './config-api.ts';
import { vcenterOnly } from './vcenter-only.ts';

/** Longer than the agents' sweep timeout in these worlds. */
const CREATION_MS = 1_600;
const SLOW_TEST = { timeout: 120_000 };

/** A world in mode vcenter-only with the residents of the scenarios, and its config API. */
async function openWorld(): Promise<{ readonly world: World; readonly api: ConfigApi }> {
  const folder = temporaryFolder();
  const mode = await vcenterOnly(folder.path);
  const cast = { lifecycle: 'link', inventory: 'file', residents: true } as const;
  const inventory = await openInventory(folder.path, cast, (name) => mode.networkName(name));
  const options = { lifecycle: 'link', mode: 'vcenter-only', profile: 'blueprint' } as const;
  const world = new World(folder, options, inventory, { mode });
  onTestFinished(async () => {
    mode.api.resume();
    await world.close();
    world.remove();
  });
  return { world, api: mode.api };
}

test(
  'ports that are there outlive the sweep, however long the making of new objects takes',
  SLOW_TEST,
  async () => {
    const { world, api } = await openWorld();
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);
    await world.plugin.end('stop');
    const before = await marks(world);

    const added = await addPorts(world, ['guest-1a', 'guest-1b', 'guest-1c']);
    await api.delay(CREATION_MS, 'create');
    await world.startPlugin();
    await syncedAndSwept(world, before);
    await settled(world);

    await watch.assertUndisturbed();
    const requests = await requestsSince(world.agents[0], before[0]);
    assertSyncFirst(requests);
    assertAdded(requests, added);
  },
);

test(
  'a config API that does not answer: nothing is sent at the start, nothing is lost later',
  SLOW_TEST,
  async () => {
    const { world, api } = await openWorld();
    await world.startAgents();
    const before = await marks(world);
    api.pause();
    await world.plugin.startUnready(world.agents);
    await waitFor(
      async () =>
        (await world.plugin.introspect.readiness()).reasons.some((text) => text.includes('config API')),
      {
        what: 'the plugin to say what it waits for',
      },
    );
    expect(await changesAsked(world, before)).toEqual([]);
    api.resume();
    await settled(world);
    await syncedAndSwept(world);

    const watch = await watchLivePorts(world);
    api.pause();
    const added = await addPorts(world, ['guest-2a']);
    await waitFor(async () => (await world.plugin.introspect.configApi()).pending > 0, {
      what: 'changes to queue',
    });
    api.resume();
    await settled(world);
    await watch.assertUndisturbed();
    assertAdded(await requestsSince(world.agents[1]), added);
  },
);
