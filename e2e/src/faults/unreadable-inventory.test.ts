import { rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changesAsked, incompleteReason, inventoryComplete } from '../checks/introspection.ts';
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

test(
  'an inventory file that cannot be used takes nothing away, and the reason is shown',
  FAULT_TEST,
  async () => {
    const world = await steadyWorld();
    const inventory = fileOf(world);
    const watch = await watchLivePorts(world);
    const before = await marks(world);
    for (const [how, spoil] of Object.entries(BREAKS)) {
      spoil(inventory.path);
      expect(await incompleteReason(world), how).toContain(inventory.path);
      expect((await world.plugin.introspect.readiness()).ready, how).toBe(false);
      await inventory.become(inventory.picture);
      await inventoryComplete(world);
      expect(await changesAsked(world, before), how).toEqual([]);
    }
    await watch.assertUndisturbed();
  },
);

test('to a plugin that starts, an unread inventory is not an empty one', FAULT_TEST, async () => {
  const world = await steadyWorld();
  const inventory = fileOf(world);
  const watch = await watchLivePorts(world);
  const before = await marks(world);
  await world.plugin.end('stop');
  rmSync(inventory.path);

  await world.plugin.startUnready(world.agents);
  expect(await incompleteReason(world)).toContain(inventory.path);
  expect((await world.plugin.introspect.readiness()).ready).toBe(false);
  const phases = (await world.plugin.introspect.agents()).map(({ phase }) => phase);
  expect(phases).toEqual(['gated', 'gated']);
  expect(await changesAsked(world, before)).toEqual([]);

  // The next change replaces the file, as an operator's repair would.
  await addPorts(world, ['guest-1a']);
  await settled(world);
  expect(await changesAsked(world, before)).toContain('sync');
  await watch.assertUndisturbed();
});

function fileOf({ inventory }: World): FileInventory {
  if (inventory instanceof FileInventory) return inventory;
  throw new Error('this test needs a file inventory');
}
