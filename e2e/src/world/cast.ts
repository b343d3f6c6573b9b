import type { Lifecycle } from './oracle.ts';
import type { Adapter, Picture, Vm } from './picture.ts';

/**
 * Who plays in a scenario. Residents are there before it begins and must never be disturbed; guests come and go. Each
 * host has both, so that whatever happens to one agent has a control group on the other.
 */
const GUESTS_PER_HOST = 3;

/** What the inventory offers; the keys are vCenter's to give. */
export const NETWORKS = [
  { name: 'blue', vlan: { primary: 100, isolated: 101 } },
  { name: 'green', vlan: { primary: 200, isolated: 201 } },
] as const;

export interface CastOptions {
  readonly lifecycle: Lifecycle;
  /** Without: no VM has a port when the scenario begins. */
  readonly residents: boolean;
}

/** The VMs that exist when a scenario begins. In lifecycle `link` an existing guest would have a port already. */
export function initialCast(
  hosts: readonly string[],
  { lifecycle, residents }: CastOptions,
  networkName: (name: string) => string,
): readonly Vm[] {
  const cast = [...(residents ? residentsOf(hosts) : []), ...(lifecycle === 'power' ? guestsOf(hosts) : [])];
  return cast.map((vm) => ({
    ...vm,
    adapters: vm.adapters.map((adapter) => ({ ...adapter, network: networkName(adapter.network) })),
  }));
}

/** The networks, under the names that port groups have. */
export function networksNamed(networkName: (name: string) => string) {
  return NETWORKS.map((network) => ({ ...network, name: networkName(network.name) }));
}

/** The guest called `name`, off. */
export function guest(picture: Picture, name: string): Vm {
  const found = guestsOf(picture.hosts).find((each) => each.name === name);
  if (found === undefined) throw new Error(`the cast has no guest ${name}`);
  return found;
}

/** A second adapter for a VM of the cast, in the other network. */
export function secondAdapter(of: Vm): Adapter {
  const number = Number.parseInt(of.adapters[0]?.mac.slice(-2) ?? '', 16);
  return { mac: mac(number + 0x80), network: 'green', ip: `10.0.2.${number}` };
}

/** Per host one that runs and one that is off: the port of the latter exists in lifecycle `link` only. */
function residentsOf(hosts: readonly string[]): readonly Vm[] {
  return hosts.flatMap((host, index) => [
    vm(`resident-${index + 1}`, host, 10 + index, true),
    vm(`idle-${index + 1}`, host, 15 + index, false),
  ]);
}

/** `guest-1a`, `guest-1b`, ... on the first host, `guest-2a`, ... on the second. */
function guestsOf(hosts: readonly string[]): readonly Vm[] {
  return hosts.flatMap((host, index) =>
    Array.from({ length: GUESTS_PER_HOST }, (_, nth) =>
      vm(`guest-${index + 1}${'abc'.charAt(nth)}`, host, 20 + 10 * index + nth, false),
    ),
  );
}

function vm(name: string, host: string, number: number, on: boolean): Vm {
  return {
    name,
    id: `50270000-1111-2222-3333-0000000000${String(number).padStart(2, '0')}`,
    host,
    on,
    adapters: [{ mac: mac(number), network: 'blue', ip: `10.0.1.${number}` }],
  };
}

function mac(number: number): string {
  return `00:50:56:bf:00:${number.toString(16).padStart(2, '0')}`;
}
