import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { FIRST_INVENTORY } from './first-inventory.ts';
import { InventoryFile } from './inventory-file.ts';

interface Inventory {
  readonly vms: readonly { readonly name: string; readonly power: string }[];
}

function newInventory(): { inventory: InventoryFile; folder: string; read: () => string } {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const inventory = new InventoryFile(join(folder.path, 'inventory.yaml'));
  inventory.createUnlessThere(FIRST_INVENTORY);
  return { inventory, folder: folder.path, read: () => readFileSync(inventory.path, 'utf8') };
}

test('a VM that is not there is an error that names it, and nothing changes', () => {
  const { inventory, read } = newInventory();
  expect(() => inventory.setPower('web-9', 'on')).toThrow('The inventory has no VM web-9');
  expect(read()).toBe(FIRST_INVENTORY);
});

test('what the user wrote in an earlier lab stays', () => {
  const { inventory, read } = newInventory();
  writeFileSync(inventory.path, '# mine\n');
  inventory.createUnlessThere(FIRST_INVENTORY);
  expect(read()).toBe('# mine\n');
});

test('power changes that one line: comments and all else stay', () => {
  const { inventory, read, folder } = newInventory();
  inventory.setPower('db-2', 'on');
  const before = FIRST_INVENTORY.split('\n');
  const changed = read()
    .split('\n')
    .filter((line, index) => line !== before[index]);
  expect(changed).toEqual(['    power: on']);
  expect((parse(read()) as Inventory).vms.map(({ power }) => power)).toEqual(['on', 'on', 'on', 'on']);
  expect(readdirSync(folder)).toEqual(['inventory.yaml']);
});

test('a new VM is added at the end', () => {
  const { inventory, read } = newInventory();
  const vm = { name: 'web-3', power: 'on', host: 'esx-1', id: 'an id', adapters: [] } as const;
  inventory.addVm(vm);
  const { vms } = parse(read()) as Inventory;
  expect(vms).toHaveLength(5);
  expect(vms.at(-1)).toEqual(vm);
});
