import { NIL_GUID, parsePort, problemText, VCENTER_CLIENT_TYPE, type Port } from '@vrouter/port-model';
import type { Inventory, Network } from '../inventory/model.ts';
import { candidates, type Candidate } from './candidates.ts';
import type {
  AgentBinding,
  Binding,
  BindingProblem,
  DesiredPort,
  Lifecycle,
  Placement,
} from './desired-port.ts';
import { networkIdOf, portIdOf } from './identity.ts';

/**
 * Mode `standalone`: every port from the inventory alone, without a config API. Pure: the same inventory gives the
 * same binding, whatever happened before.
 */
export function bindStandalone(
  inventory: Inventory,
  placements: readonly Placement[],
  lifecycle: Lifecycle,
): Binding {
  const problems: BindingProblem[] = [];
  const networks = new Map(inventory.networks.map((network) => [network.key, network]));
  const agentOfHost = new Map(placements.map((placement) => [placement.host, placement.agent]));
  const ports = new Map(placements.map((placement) => [placement.agent, new Map<string, DesiredPort>()]));
  const orphanHosts = new Map<string, number>();

  for (const candidate of candidates(inventory, lifecycle, problems)) {
    const agent = agentOfHost.get(candidate.vm.host);
    if (agent === undefined) {
      orphanHosts.set(candidate.vm.host, (orphanHosts.get(candidate.vm.host) ?? 0) + 1);
      continue;
    }
    const port = portOf(candidate, networks.get(candidate.adapter.network), problems);
    if (port !== undefined) ports.get(agent)?.set(port.id, { port, enabled: isEnabled(candidate) });
  }
  for (const [host, count] of orphanHosts) {
    problems.push({
      kind: 'host-without-agent',
      subject: host,
      text: `no agent serves this host; ${count} ports are on no agent`,
    });
  }
  return { agents: bindAgents(inventory, placements, ports, problems), problems };
}

function bindAgents(
  inventory: Inventory,
  placements: readonly Placement[],
  ports: ReadonlyMap<string, ReadonlyMap<string, DesiredPort>>,
  problems: BindingProblem[],
): Map<string, AgentBinding> {
  const hosts = new Map(inventory.hosts.map((host) => [host.name, host]));
  const bindings = new Map<string, AgentBinding>();
  for (const { agent, host: name } of placements) {
    const host = hosts.get(name);
    if (host === undefined) {
      problems.push({
        kind: 'agent-without-host',
        subject: agent,
        text: `its host ${name} is not in the inventory`,
      });
    }
    const parked = host !== undefined && (host.maintenance || !host.connected);
    bindings.set(agent, { ports: ports.get(agent) ?? new Map(), parked });
  }
  return bindings;
}

function isEnabled({ vm, adapter }: Candidate): boolean {
  return vm.power === 'on' && adapter.connected;
}

function portOf(
  { vm, adapter, mac }: Candidate,
  network: Network | undefined,
  problems: BindingProblem[],
): Port | undefined {
  const subject = `${vm.name} / ${mac}`;
  if (network === undefined) {
    problems.push({
      kind: 'unknown-network',
      subject,
      text: `its network ${adapter.network} is not in the inventory`,
    });
    return undefined;
  }
  if (network.vlan === undefined) {
    problems.push({
      kind: 'network-without-vlan',
      subject,
      text: `network ${network.name}: ${network.problem ?? 'has no VLAN'}`,
    });
    return undefined;
  }
  const id = portIdOf(mac);
  const parsed = parsePort({
    id,
    'instance-id': vm.id,
    'vn-id': networkIdOf(network.key),
    'vm-project-id': vm.project ?? NIL_GUID,
    'display-name': vm.name,
    'ip-address': adapter.ip ?? 'None',
    'ip6-address': adapter.ip6 ?? 'None',
    'mac-address': mac,
    'system-name': id,
    type: VCENTER_CLIENT_TYPE,
    'rx-vlan-id': network.vlan.isolated,
    'tx-vlan-id': network.vlan.primary,
  });
  if (parsed.ok) return parsed.value;
  problems.push({ kind: 'bad-port', subject, text: parsed.problems.map(problemText).join('; ') });
  return undefined;
}
