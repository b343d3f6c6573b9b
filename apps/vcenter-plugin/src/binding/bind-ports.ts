import { NIL_GUID, problemText, VCENTER_CLIENT_TYPE, type Parsed, type Port } from '@vrouter/port-model';
import type { Inventory, Network, VlanPair } from '../inventory/model.ts';
import { candidates, type Candidate } from './candidates.ts';
import { parsePortOnce } from './parse-port-once.ts';
import {
  adapterKey,
  type AgentBinding,
  type Binding,
  type BindingProblem,
  type DesiredPort,
  type Lifecycle,
  type Placement,
} from './desired-port.ts';

/** What a mode knows of an adapter's port, besides what the inventory says of it. */
export interface PortIdentity {
  readonly id: string;
  readonly networkId: string;
  readonly projectId?: string | undefined;
  readonly displayName: string;
  readonly ip?: string | undefined;
  readonly ip6?: string | undefined;
}

export type Identified =
  /** `lacks`: what is still to come, for an operator. */
  | { readonly kind: 'known'; readonly identity: PortIdentity; readonly lacks?: string }
  /** Exactly this port, whatever the inventory says: the one that the agent has, until more is known. */
  | { readonly kind: 'kept'; readonly desired: DesiredPort; readonly reason: string }
  /** Not yet: no port, and an operator may want to know why. */
  | { readonly kind: 'waiting'; readonly reason: string };

type UsableNetwork = Network & { readonly vlan: VlanPair };

/** The port of an adapter, according to a mode. `agent` serves its host. */
export type Identify = (candidate: Candidate, network: Network, agent: string) => Identified;

/** The ports of `inventory` on the agents of `placements`, with the identities that a mode gives them. Pure. */
export function bindPorts(
  inventory: Inventory,
  placements: readonly Placement[],
  lifecycle: Lifecycle,
  identify: Identify,
): Binding {
  const problems: BindingProblem[] = [];
  const networks = new Map(inventory.networks.map((network) => [network.key, network]));
  const agentOfHost = new Map(placements.map((placement) => [placement.host, placement.agent]));
  const ports = new Map(placements.map((placement) => [placement.agent, new Map<string, DesiredPort>()]));
  const orphanPorts = new Map<string, number>();
  const unserved = new Set<string>();

  for (const candidate of candidates(inventory, lifecycle, problems)) {
    const agent = agentOfHost.get(candidate.vm.host);
    if (agent === undefined) {
      orphanPorts.set(candidate.vm.host, (orphanPorts.get(candidate.vm.host) ?? 0) + 1);
      unserved.add(adapterKey(candidate.vm.id, candidate.mac));
      continue;
    }
    const network = usableNetwork(candidate, networks.get(candidate.adapter.network), problems);
    if (network === undefined) continue;
    const desired = desiredOf(candidate, network, identify(candidate, network, agent), problems);
    if (desired !== undefined) ports.get(agent)?.set(desired.port.id, desired);
  }
  problems.push(...hostsWithoutAgents(inventory, agentOfHost, orphanPorts));
  return { agents: bindAgents(inventory, placements, ports, problems), problems, unserved };
}

/** Also those on which nothing runs yet: the next VM may be powered on there. */
function hostsWithoutAgents(
  { hosts }: Inventory,
  agentOfHost: ReadonlyMap<string, string>,
  orphanPorts: ReadonlyMap<string, number>,
): BindingProblem[] {
  const idle = hosts.filter((host) => !host.maintenance && host.connected && !agentOfHost.has(host.name));
  const names = new Set([...orphanPorts.keys(), ...idle.map(({ name }) => name)]);
  return [...names].map((host) => ({
    kind: 'host-without-agent',
    subject: host,
    text: `no agent serves this host; ${orphanPorts.get(host) ?? 0} ports are on no agent`,
  }));
}

function bindAgents(
  inventory: Inventory,
  placements: readonly Placement[],
  ports: ReadonlyMap<string, ReadonlyMap<string, DesiredPort>>,
  problems: BindingProblem[],
): Map<string, AgentBinding> {
  const hosts = new Map(inventory.hosts.map((host) => [host.name, host]));
  const bindings = new Map<string, AgentBinding>();
  for (const { agent, host: name, off = false } of placements) {
    const host = hosts.get(name);
    if (host === undefined) {
      problems.push({
        kind: 'agent-without-host',
        subject: agent,
        text: `its host ${name} is not in the inventory`,
      });
    }
    const parked =
      off || (host === undefined ? inventory.everyHost === true : host.maintenance || !host.connected);
    bindings.set(agent, { ports: ports.get(agent) ?? new Map(), parked });
  }
  return bindings;
}

function usableNetwork(
  { adapter, vm, mac }: Candidate,
  network: Network | undefined,
  problems: BindingProblem[],
): UsableNetwork | undefined {
  const subject = `${vm.name} / ${mac}`;
  if (network === undefined) {
    problems.push({
      kind: 'unknown-network',
      subject,
      text: `its network ${adapter.network} is not in the inventory`,
    });
    return undefined;
  }
  const { vlan } = network;
  if (vlan !== undefined) return { ...network, vlan };
  problems.push({
    kind: 'network-without-vlan',
    subject,
    text: `network ${network.name}: ${network.problem ?? 'has no VLAN'}`,
  });
  return undefined;
}

function desiredOf(
  candidate: Candidate,
  network: UsableNetwork,
  identified: Identified,
  problems: BindingProblem[],
): DesiredPort | undefined {
  const { vm, adapter, mac } = candidate;
  const subject = `${vm.name} / ${mac}`;
  const enabled = vm.power === 'on' && adapter.connected;
  if (identified.kind !== 'known') {
    problems.push({ kind: 'waiting', subject, text: identified.reason });
    return identified.kind === 'kept' ? { ...identified.desired, enabled } : undefined;
  }
  if (identified.lacks !== undefined) problems.push({ kind: 'waiting', subject, text: identified.lacks });
  const port = portOf(candidate, network.vlan, identified.identity);
  if (port.ok) return { port: port.value, enabled };
  problems.push({ kind: 'bad-port', subject, text: port.problems.map(problemText).join('; ') });
  return undefined;
}

function portOf(
  { vm, mac }: Candidate,
  vlan: VlanPair,
  { id, networkId, projectId, displayName, ip, ip6 }: PortIdentity,
): Parsed<Port> {
  return parsePortOnce({
    id,
    'instance-id': vm.id,
    'vn-id': networkId,
    'vm-project-id': projectId ?? NIL_GUID,
    'display-name': displayName,
    'ip-address': ip ?? 'None',
    'ip6-address': ip6 ?? 'None',
    'mac-address': mac,
    'system-name': id,
    type: VCENTER_CLIENT_TYPE,
    'rx-vlan-id': vlan.isolated,
    'tx-vlan-id': vlan.primary,
  });
}
