import type { Picture, VmRecord } from '@vrouter/vsphere-client';
import type { Adapter, Host, Inventory, Network, Power, VirtualMachine } from '../model.ts';
import { addressesIn, entryIn, type AddressBook } from './address-book.ts';
import { agentVms, isAgentVm, type AgentAddresses, type AgentVmRule } from './agent-vms.ts';
import { addressesOf } from './ip-pool.ts';
import { placesIn } from './place.ts';
import { vlanOf } from './vlan.ts';

const POWER: Readonly<Record<VmRecord['power'], Power>> = {
  poweredOn: 'on',
  poweredOff: 'off',
  suspended: 'suspended',
  unknown: 'off',
};

/** How to read a picture. */
export interface Reading {
  readonly agentVm: AgentVmRule;
  /** Only some switches are read: an adapter on a port group that is not in the picture is none of ours. */
  readonly someSwitches: boolean;
  /** IP pools are read, and say which addresses a network has. */
  readonly ipPools: boolean;
}

/** What is remembered from one picture to the next. */
export interface Memory {
  readonly addresses: AddressBook;
  readonly agents: AgentAddresses;
}

/** What vCenter shows, in our words. Pure. */
export function inventoryOf(picture: Picture, memory: Memory, reading: Reading): Inventory {
  const uplinks = new Set([...picture.switches.values()].flatMap(({ uplinkRefs }) => uplinkRefs));
  const placeOf = placesIn(picture);
  const networks = [...picture.networks.values()].filter(({ ref }) => !uplinks.has(ref));
  const keys = new Set(networks.map(({ key }) => key));
  return {
    hosts: [...picture.hosts.values()].map((host): Host => ({
      name: host.name,
      maintenance: host.maintenance,
      connected: host.connection === 'connected',
      ...placeOf(host),
    })),
    everyHost: true,
    networks: networks.map((network): Network => ({
      key: network.key,
      name: network.name,
      ...vlanOf(network, picture.switches.get(network.switchRef ?? '')),
      ...(reading.ipPools && addressesOf(network, picture.ipPools)),
    })),
    vms: [...picture.vms.values()].flatMap((vm) => {
      const host = picture.hosts.get(vm.hostRef ?? '');
      if (host === undefined || isAgentVm(vm, reading.agentVm)) return [];
      const machine = machineOf(vm, host.name, memory.addresses);
      if (machine === undefined || !reading.someSwitches) return machine ?? [];
      return { ...machine, adapters: machine.adapters.filter(({ network }) => keys.has(network)) };
    }),
    agentVms: agentVms(picture, memory.agents, reading.agentVm, (vm) => POWER[vm.power]),
  };
}

interface Known {
  readonly host: string;
  readonly entries: readonly unknown[];
  readonly machine: VirtualMachine | undefined;
}

/** From one picture to the next nearly all VMs are the same, and what was made of their records with them. */
const knownMachines = new WeakMap<VmRecord, Known>();

function machineOf(vm: VmRecord, host: string, addresses: AddressBook): VirtualMachine | undefined {
  const entries = vm.adapters.map((adapter) => entryIn(addresses, vm, adapter));
  const known = knownMachines.get(vm);
  if (known?.host === host && known.entries.every((entry, index) => entry === entries[index]))
    return known.machine;
  const machine = virtualMachine(vm, host, adaptersOf(vm, addresses));
  knownMachines.set(vm, { host, entries, machine });
  return machine;
}

/** None for a template, and for what vCenter cannot tell the identity of. */
function virtualMachine(
  vm: VmRecord,
  host: string,
  adapters: readonly Adapter[],
): VirtualMachine | undefined {
  const { name, instanceUuid: id, power, template, annotation } = vm;
  if (template || id === undefined) return undefined;
  return { id, name, host, power: POWER[power], ...(annotation !== '' && { annotation }), adapters };
}

/** Only cards on distributed port groups: the others are none of an agent's business. */
function adaptersOf(vm: VmRecord, addresses: AddressBook): Adapter[] {
  return vm.adapters.flatMap((adapter): Adapter[] => {
    const { key, mac, portGroupKey: network, connected } = adapter;
    if (network === undefined) return [];
    return [
      {
        key: String(key),
        network,
        connected,
        ...(mac !== undefined && { mac }),
        ...addressesIn(addresses, vm, adapter),
      },
    ];
  });
}
