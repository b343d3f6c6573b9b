import { parseMac } from '@vrouter/port-model';
import { candidates } from '../../binding/candidates.ts';
import type { Placement } from '../../binding/desired-port.ts';
import { networkIdOf } from '../../binding/identity.ts';
import type { Inventory, Network, NetworkAddresses, VirtualMachine } from '../../inventory/model.ts';
import type { ConfiguredNetwork } from '../config-section.ts';

/** What the config API should have, according to vCenter. */
export interface Wanted {
  /** By uuid. */
  readonly networks: ReadonlyMap<string, WantedNetwork>;
  /** By uuid; those with at least one interface. */
  readonly machines: ReadonlyMap<string, WantedMachine>;
}

export interface WantedNetwork {
  readonly uuid: string;
  readonly name: string;
  /** Made when missing. A port group without VLAN is none of the agents' business, but nothing of it is deleted. */
  readonly create: boolean;
  /** Undefined: it keeps what it has. */
  readonly addresses: NetworkAddresses | undefined;
  /** Why vCenter gives it none, for people. */
  readonly problem: string | undefined;
}

export interface WantedMachine {
  readonly uuid: string;
  readonly name: string;
  /** Where the agent of its host is; absent without one. */
  readonly place: string | undefined;
  readonly interfaces: readonly WantedInterface[];
}

export interface WantedInterface {
  readonly mac: string;
  /** Uuid. */
  readonly network: string;
  /** Made when missing. An adapter that no agent serves keeps what it has, and its address with it. */
  readonly create: boolean;
  /** What its guest reports. */
  readonly address: string | undefined;
}

/** Pure. `placeOf`: where an agent is, in a word that the config API can remember. */
export function wantedOf(
  inventory: Inventory,
  placements: readonly Placement[],
  configured: readonly ConfiguredNetwork[],
  placeOf: (agent: string) => string | undefined,
): Wanted {
  const networks = new Map(
    inventory.networks.map((network): [string, WantedNetwork] => {
      const { key, name, vlan } = network;
      const uuid = networkIdOf(key);
      return [uuid, { uuid, name, create: vlan !== undefined, ...addressing(network, configured) }];
    }),
  );
  const placeOfHost = new Map(placements.map(({ agent, host }) => [host, placeOf(agent)]));
  const winners = new Set(candidates(inventory, 'link', []).map(({ adapter }) => adapter));
  const interfacesOf = (vm: VirtualMachine): WantedInterface[] => {
    const found = new Map<string, WantedInterface>();
    for (const adapter of vm.adapters) {
      const mac = parseMac(adapter.mac ?? '');
      const network = networkIdOf(adapter.network);
      if (mac === undefined || !networks.has(network) || found.has(`${mac} ${network}`)) continue;
      const isServed = placeOfHost.has(vm.host) && networks.get(network)?.create === true;
      const create = isServed && winners.has(adapter);
      found.set(`${mac} ${network}`, { mac, network, create, address: adapter.ip });
    }
    return [...found.values()];
  };
  const machines = inventory.vms.flatMap((vm): [string, WantedMachine][] => {
    const interfaces = interfacesOf(vm);
    const { id: uuid, name } = vm;
    const place = placeOfHost.get(vm.host);
    return interfaces.length === 0 ? [] : [[uuid, { uuid, name, place, interfaces }]];
  });
  return { networks, machines: new Map(machines) };
}

/** What the configuration says of a network is all that counts; vCenter is asked about the others. */
function addressing(
  { name, addresses, addressesProblem }: Network,
  configured: readonly ConfiguredNetwork[],
): Pick<WantedNetwork, 'addresses' | 'problem'> {
  const own = configured.find((each) => each.name === name);
  if (own === undefined) return { addresses, problem: addressesProblem };
  const { pool, name: _, ...rest } = own;
  return { addresses: { ...rest, ...(pool !== undefined && { pools: [pool] }) }, problem: undefined };
}
