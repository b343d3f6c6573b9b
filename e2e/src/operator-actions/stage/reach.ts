import type { SimHost, SimInventory } from '@vrouter/testkit';
import { AGENT_VM } from './agent-vms.ts';

/** Is there any use in talking to an agent, by what vCenter says? */
export type Reach = 'in reach' | 'out of reach' | 'not there';

const PHASES: Readonly<Record<Reach, readonly (string | undefined)[]>> = {
  'in reach': ['steady'],
  'out of reach': ['parked'],
  // Its host is unknown, or nothing says where the agent is.
  'not there': ['parked', 'gone', undefined],
};

/** The phases of an agent that the plugin may show then, once nothing is owed that could be sent. */
export function phasesFor(reach: Reach): readonly (string | undefined)[] {
  return PHASES[reach];
}

/** Of the agent on the host called `name`; `found`: the agent is where its VM is. */
export function reachOf({ hosts, vms }: Required<SimInventory>, name: string, found: boolean): Reach {
  const host = hosts.find((each) => typeof each !== 'string' && each.name === name) as SimHost | undefined;
  const agentVm = vms.find((vm) => vm.host === name && vm.name.includes(AGENT_VM));
  if (host === undefined || (found && agentVm === undefined)) return 'not there';
  const isOff = found && agentVm?.power !== 'on';
  return isOff || host.maintenance === true || host.connected === false ? 'out of reach' : 'in reach';
}
