import type { SimAdapter, SimIds, SimInventory, SimVm } from '@vrouter/testkit';
import { AGENT_VM } from '../stage/agent-vms.ts';
import type { Lifecycle } from '../../world/oracle.ts';
import type { Adapter, Network, Picture, Vm } from '../../world/picture.ts';

/** The addresses that adapters had when they last reported any, by MAC. */
export type Addresses = ReadonlyMap<string, string>;

/**
 * What should have a port, for the oracle: the simulator's inventory without what can have none, and with one owner for
 * each MAC. Written from the rules in the documentation, not from the plugin.
 */
export function pictureOf(
  inventory: Required<SimInventory>,
  ids: SimIds,
  lifecycle: Lifecycle,
  addresses: Addresses,
): Picture {
  const networks = networksOf(inventory, ids);
  const names = new Set(networks.map(({ name }) => name));
  const vms = inventory.vms
    .filter(({ power, template }) => template !== true && (lifecycle === 'link' || power === 'on'))
    .filter(({ name }) => !name.includes(AGENT_VM))
    .toSorted(byRight);
  const taken = new Set<string>();
  const isFirst = ({ mac = '' }: SimAdapter): boolean =>
    mac !== '' && !taken.has(mac) && Boolean(taken.add(mac));
  return {
    hosts: inventory.hosts.map((host) => (typeof host === 'string' ? host : host.name)),
    networks,
    vms: vms.map((vm): Vm => {
      const adapters = vm.adapters.filter(isFirst).filter(({ network }) => names.has(network));
      return { ...named(vm), adapters: adapters.map((adapter) => adapterOf(adapter, addresses)) };
    }),
  };
}

/**
 * What is reported now; of several addresses, and of a guest that is silent, what `before` said, unless another guest
 * reports that by now. A VM that is off has no address but what it reports.
 */
export function addressesIn({ vms }: Required<SimInventory>, before: Addresses): Addresses {
  const all = vms.flatMap((vm) =>
    vm.adapters.map((adapter) => ({ vm, adapter, now: [adapter.ip ?? []].flat() })),
  );
  const reported = new Set(all.flatMap(({ adapter, now }) => now.map((ip) => `${adapter.network} ${ip}`)));
  const entries = all.flatMap(({ vm, adapter: { mac = '', network }, now }): [string, string][] => {
    const last = vm.power === 'off' ? undefined : before.get(mac);
    const kept = last !== undefined && (now.includes(last) || !reported.has(`${network} ${last}`));
    const address = kept && (now.length === 0 || now.includes(last)) ? last : now[0];
    return address === undefined ? [] : [[mac, address]];
  });
  return new Map(entries);
}

function networksOf({ networks }: Required<SimInventory>, { networks: keys }: SimIds): readonly Network[] {
  return networks.flatMap(({ name, vlan }) =>
    'trunk' in vlan || vlan.primary === 0 ? [] : [{ name, vlan, key: keys[name] ?? '' }],
  );
}

/** Running VMs have a right to their MAC before others, then those of lower id. */
function byRight(a: SimVm, b: SimVm): number {
  return Number(b.power === 'on') - Number(a.power === 'on') || (named(a).id < named(b).id ? -1 : 1);
}

function named({ name, id = '', host, power }: SimVm): Omit<Vm, 'adapters'> {
  return { name, id, host, on: power === 'on' };
}

function adapterOf({ mac = '', network, connected = true }: SimAdapter, addresses: Addresses): Adapter {
  const ip = addresses.get(mac);
  return { mac, network, connected, ...(ip !== undefined && { ip }) };
}
