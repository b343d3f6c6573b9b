import { isIPv4, isIPv6 } from 'node:net';
import type { Picture, VmRecord } from '@vrouter/vsphere-client';
import type { AgentVm } from '../model.ts';
import { routable } from './address-book.ts';

/** How to tell the VMs that are agents. */
export interface AgentVmRule {
  /** Their names contain this, in any case. */
  readonly name: string;
  /** The network on which they are reached. */
  readonly fabricNetwork: string;
}

export function isAgentVm(vm: VmRecord, { name }: AgentVmRule): boolean {
  return !vm.template && vm.name.toLowerCase().includes(name.toLowerCase());
}

/** Addresses of agent VMs by reference, of one picture. */
export type AgentAddresses = ReadonlyMap<string, string>;

/** Where the agents are in `picture`; one whose guest is silent is where it was `before`. Pure. */
export function agentAddresses(before: AgentAddresses, picture: Picture, rule: AgentVmRule): AgentAddresses {
  const found = new Map<string, string>();
  for (const vm of picture.vms.values()) {
    if (!isAgentVm(vm, rule)) continue;
    const known = before.get(vm.ref);
    const now = fabricAddresses(vm, picture, rule);
    const address = known !== undefined && now.includes(known) ? known : (now[0] ?? known);
    if (address !== undefined) found.set(vm.ref, address);
  }
  return found;
}

/** What the guest reports of the fabric network, IPv4 first. */
function fabricAddresses(vm: VmRecord, picture: Picture, rule: AgentVmRule): readonly string[] {
  const groups = [...picture.networks.values()].filter(({ name }) => name === rule.fabricNetwork);
  const keys = new Set(groups.map(({ key }) => key));
  const macs = new Set(
    vm.adapters.filter(({ portGroupKey = '' }) => keys.has(portGroupKey)).map(({ mac }) => mac),
  );
  // A standard network is known by the name that the guest's report has for it.
  const nics = vm.guest.filter(({ network, mac }) => macs.has(mac) || network === rule.fabricNetwork);
  const addresses = routable(nics.flatMap(({ addresses }) => addresses));
  return [...addresses.filter(isIPv4), ...addresses.filter(isIPv6)];
}

export function agentVms(
  picture: Picture,
  addresses: AgentAddresses,
  rule: AgentVmRule,
  power: (vm: VmRecord) => AgentVm['power'],
): readonly AgentVm[] {
  return [...picture.vms.values()].flatMap((vm): AgentVm[] => {
    const host = picture.hosts.get(vm.hostRef ?? '');
    if (host === undefined || !isAgentVm(vm, rule)) return [];
    const address = addresses.get(vm.ref);
    const found = { name: vm.name, host: host.name, power: power(vm) };
    return [address === undefined ? found : { ...found, address }];
  });
}
