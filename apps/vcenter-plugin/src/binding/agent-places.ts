import { isIPv6 } from 'node:net';
import type { AgentVm } from '../inventory/model.ts';
import type { BindingProblem } from './desired-port.ts';
import type { PlacedAgent } from './placement-map.ts';

/** Where an agent is now, and whether there is any use in talking to it. */
export interface AgentPlace extends PlacedAgent {
  /** Its VM is there and does not run. */
  readonly off: boolean;
}

export interface AgentPlaces {
  /** Names, URLs and hosts are there once each. */
  readonly agents: readonly AgentPlace[];
  readonly problems: readonly BindingProblem[];
}

/**
 * All agents: those that somebody listed, and for the other hosts those that were found as VMs. A found agent is called
 * like its host. Pure, and without memory: the same VMs give the same places.
 */
export function agentPlaces(
  listed: readonly PlacedAgent[],
  found: readonly AgentVm[],
  port = 9091,
): AgentPlaces {
  const agents: AgentPlace[] = listed.map((agent) => ({ ...agent, off: false }));
  const problems: BindingProblem[] = [];
  const served = new Set(listed.map(({ host }) => host));
  for (const vm of [...found].sort(byRight)) {
    // What somebody wrote down is meant.
    if (listed.some(({ host }) => host === vm.host)) continue;
    const place = placeOf(vm, port);
    const why =
      place === undefined
        ? 'it has reported no address on the fabric network'
        : served.has(vm.host)
          ? `another agent serves its host ${vm.host}`
          : clash(place, agents);
    if (place === undefined || why !== undefined) {
      problems.push({ kind: 'agent-not-used', subject: vm.name, text: why ?? '' });
      continue;
    }
    served.add(vm.host);
    agents.push(place);
    if (place.off)
      problems.push({
        kind: 'agent-off',
        subject: vm.name,
        text: `this agent's VM on ${vm.host} is not powered on`,
      });
  }
  return { agents, problems };
}

/** Running ones first: a new agent's VM may stand beside the old one for a while. */
function byRight(a: AgentVm, b: AgentVm): number {
  if ((a.power === 'on') !== (b.power === 'on')) return a.power === 'on' ? -1 : 1;
  return compare(a.name, b.name) || compare(a.host, b.host) || compare(a.address ?? '', b.address ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function placeOf({ host, address, power }: AgentVm, port: number): AgentPlace | undefined {
  if (address === undefined) return undefined;
  const authority = isIPv6(address) ? `[${address}]` : address;
  return { name: host, url: new URL(`http://${authority}:${port}`).origin, host, off: power !== 'on' };
}

/** Two workers for one agent would sweep each other's ports. */
function clash({ name, url }: AgentPlace, agents: readonly AgentPlace[]): string | undefined {
  const other = agents.find((agent) => agent.url === url);
  if (other !== undefined) return `agent ${other.name} has its address ${url}`;
  return agents.some((agent) => agent.name === name)
    ? `there is another agent called ${name}, which serves another host`
    : undefined;
}
