import type { AgentPort, AgentRequest, AgentView, PluginPort, PortNames } from '../view/snapshot.ts';

/** The port id of a VM in made-up snapshots. */
export function idOf(vm: string): string {
  return `id of ${vm}`;
}

export function agentPort(vm: string, changes: Partial<AgentPort> = {}): AgentPort {
  return { id: idOf(vm), seen: true, linkState: 1, port: namesOfVm(vm), ...changes };
}

/** An agent that runs, with a file for each of its ports. */
export function runningAgent(
  name: string,
  ports: readonly AgentPort[],
  { deadlines = [] as readonly number[], requests = [] as readonly AgentRequest[] } = {},
): AgentView {
  return { name, filedIds: ports.map(({ id }) => id), state: { ports, deadlines, requests } };
}

/** An agent that does not run; its files are still there. */
export function deadAgent(name: string, vms: readonly string[]): AgentView {
  return { name, filedIds: vms.map(idOf), state: undefined };
}

/** A port that the plugin wants, confirmed unless `changes` say otherwise. */
export function pluginPort(agent: string, vm: string, changes: Partial<PluginPort> = {}): PluginPort {
  const port = namesOfVm(vm);
  return {
    agent,
    id: idOf(vm),
    state: 'confirmed',
    operation: null,
    desired: { port },
    held: { port },
    ...changes,
  };
}

export function request(
  seq: number,
  operation: string,
  vms: readonly string[] = [],
  status = 200,
): AgentRequest {
  return { seq, operation, status, portIds: vms.map(idOf) };
}

function namesOfVm(vm: string): PortNames {
  return { 'display-name': vm, 'ip-address': `address of ${vm}` };
}
