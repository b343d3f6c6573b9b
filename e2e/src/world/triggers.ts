import { guest, secondAdapter } from './cast.ts';
import { vmOf, type Adapter } from './picture.ts';
import type { World } from './world.ts';

/**
 * What makes a port come and go, the only place that depends on the lifecycle:
 *
 * | the blueprint says | lifecycle power | lifecycle link |
 * | --- | --- | --- |
 * | add port | the VM is powered on | the VM is created, running |
 * | delete port | the VM is powered off | the VM is removed |
 *
 * Each returns the ids of the ports in question.
 */
export async function addPorts(world: World, names: readonly string[]): Promise<readonly string[]> {
  for (const name of names) {
    if (world.lifecycle === 'power') await world.inventory.powerOn(name);
    else await world.inventory.createVm({ ...guest(world.picture, name), on: true });
  }
  return names.flatMap((name) => world.portIdsOf(name));
}

export async function deletePorts(world: World, names: readonly string[]): Promise<readonly string[]> {
  const ids = names.flatMap((name) => world.portIdsOf(name));
  for (const name of names) {
    if (world.lifecycle === 'power') await world.inventory.powerOff(name);
    else await world.inventory.removeVm(name);
  }
  return ids;
}

/** A second adapter in the other network, for each of the VMs. */
export async function addSecondAdapters(world: World, names: readonly string[]): Promise<readonly string[]> {
  const adapters = names.map((name) => [name, secondAdapter(vmOf(world.picture, name))] as const);
  for (const [name, adapter] of adapters) await world.inventory.addAdapter(name, adapter);
  return adapters.map(([, adapter]) => world.mode.portId(adapter.mac));
}

export async function removeSecondAdapters(
  world: World,
  names: readonly string[],
): Promise<readonly string[]> {
  const adapters = names.map((name): readonly [string, Adapter] => [name, second(world, name)]);
  for (const [name, { mac }] of adapters) await world.inventory.removeAdapter(name, mac);
  return adapters.map(([, { mac }]) => world.mode.portId(mac));
}

/** Of `ids`, one per VM of `names`, those whose VM is on `host`. */
export function idsOn(
  world: World,
  host: string,
  names: readonly string[],
  ids: readonly string[],
): readonly string[] {
  const isHere = names.map((name) => vmOf(world.picture, name).host === host);
  return ids.filter((_, index) => isHere[index]);
}

function second(world: World, name: string): Adapter {
  const adapter = vmOf(world.picture, name).adapters[1];
  if (adapter === undefined) throw new Error(`VM ${name} has no second adapter`);
  return adapter;
}
