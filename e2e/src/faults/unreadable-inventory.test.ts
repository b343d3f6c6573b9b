import { rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changesAsked, incompleteReason } from '../checks/introspection.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { marks } from '../checks/wire.ts';
import { FileInventory } from '../world/file-inventory.ts';
import { addPorts } from '../world/triggers.ts';
import type { World } from '../world/world.ts';
import { FAULT_TEST, steadyWorld } from './fault-world.ts';

const BREAKS: Readonly<Record<string, (path: string) => void>> = {
  'is no longer YAML': (path) => writeFileSync(path, 'vms: [ {'),
  'is empty': (path) => writeFileSync(path, ''),
  'names a network that is not there': (path) => {
    const adapters = [{ mac: '00:50:56:bf:00:01', network: 'purple' }];
    const vm = {
      name: 'a',
      id: '50270000-1111-2222-3333-000000000001',
      host: 'esx-1',
      power: 'on',
      adapters,
    };
    writeFileSync(path, JSON.stringify({ hosts: [{ name: 'esx-1' }], networks: [], vms: [vm] }));
  },
  'is gone': (path) => rmSync(path),
};

test.for(Object.keys(BREAKS))('an inventory file that %s takes nothing away', FAULT_TEST, async (how) => {
  const world = await steadyWorld();
  const watch = await watchLivePorts(world);
  const before = await marks(world);

  BREAKS[how]?.(pathOf(world));
  expect(await incompleteReason(world)).toContain(pathOf(world));
  expect(await changesAsked(world, before)).toEqual([]);

  // Now as the plugin's first sight of the world: an unread inventory is not an empty one.
  await world.plugin.end('stop');
  await world.plugin.startUnready(world.agents);
  expect(await incompleteReason(world)).toContain(pathOf(world));
  expect((await world.plugin.readiness()).ready).toBe(false);
  expect((await world.plugin.agents()).map(({ phase }) => phase)).toEqual(['gated', 'gated']);
  expect(await changesAsked(world, before)).toEqual([]);

  // The next change replaces the file, as any operator's repair would.
  await addPorts(world, ['guest-1a']);
  await settled(world);
  expect(await changesAsked(world, before)).toContain('sync');
  await watch.assertUndisturbed();
});

function pathOf({ inventory }: World): string {
  if (inventory instanceof FileInventory) return inventory.path;
  throw new Error('this test needs a file inventory');
}
