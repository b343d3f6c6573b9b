import type { Picture, VmRecord } from '@vrouter/vsphere-client';
import type { Adapter, Host, Inventory, Network, Power, VirtualMachine } from '../model.ts';
import { addressesOf } from './addresses.ts';
import { vlanOf } from './vlan.ts';

const POWER: Readonly<Record<VmRecord['power'], Power>> = {
  poweredOn: 'on',
  poweredOff: 'off',
  suspended: 'suspended',
  unknown: 'off',
};

/** What vCenter shows, in our words. Pure. */
export function inventoryOf(picture: Picture): Inventory {
  return {
    hosts: [...picture.hosts.values()].map((host): Host => ({
      name: host.name,
      maintenance: host.maintenance,
      connected: host.connection === 'connected',
    })),
    networks: [...picture.networks.values()].map((network): Network => ({
      key: network.key,
      name: network.name,
      ...vlanOf(network, picture.switches.get(network.switchRef ?? '')),
    })),
    vms: [...picture.vms.values()].flatMap((vm) => virtualMachine(vm, picture)),
  };
}

/** None for a template, and for what vCenter cannot tell the identity or the place of. */
function virtualMachine(vm: VmRecord, picture: Picture): VirtualMachine[] {
  const host = picture.hosts.get(vm.hostRef ?? '');
  if (vm.template || vm.instanceUuid === undefined || host === undefined) return [];
  const { name, instanceUuid: id } = vm;
  return [{ id, name, host: host.name, power: POWER[vm.power], adapters: adapters(vm) }];
}

/** Only cards on distributed port groups: the others are none of an agent's business. */
function adapters(vm: VmRecord): Adapter[] {
  return vm.adapters.flatMap((adapter): Adapter[] => {
    const { key, mac, portGroupKey: network, connected } = adapter;
    if (network === undefined) return [];
    return [
      {
        key: String(key),
        network,
        connected,
        ...(mac !== undefined && { mac }),
        ...addressesOf(vm, adapter),
      },
    ];
  });
}
