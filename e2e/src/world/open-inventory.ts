import { initialCast, networksNamed, type CastOptions } from './cast.ts';
import { FileInventory } from './file-inventory.ts';
import type { InventoryKind, TestInventory } from './test-inventory.ts';
import { VsphereInventory } from './vsphere-inventory.ts';

const HOSTS = ['esx-1', 'esx-2'];

/** The inventory that a world begins with. */
export async function openInventory(
  folder: string,
  options: CastOptions & { readonly inventory: InventoryKind; readonly password?: string },
  networkName: (name: string) => string,
): Promise<TestInventory> {
  if (options.inventory === 'vsphere') return VsphereInventory.open(HOSTS, options, networkName);
  const networks = networksNamed(networkName).map((network, index) => ({
    ...network,
    key: `dvportgroup-${21 + index}`,
  }));
  return new FileInventory(folder, { hosts: HOSTS, networks, vms: initialCast(HOSTS, options, networkName) });
}
