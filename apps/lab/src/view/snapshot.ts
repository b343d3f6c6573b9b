/** Both sides at one moment, and what lies between them. */
export interface Snapshot {
  readonly agents: readonly AgentView[];
  /** undefined: it does not answer. */
  readonly plugin: PluginView | undefined;
}

export interface AgentView {
  readonly name: string;
  /** Ids of the port files on disk, whether it runs or not. */
  readonly filedIds: readonly string[];
  /** undefined: it does not answer. */
  readonly state: AgentState | undefined;
}

export interface AgentState {
  readonly ports: readonly AgentPort[];
  /** Sweeps still to come, epoch milliseconds. */
  readonly deadlines: readonly number[];
  /** In the order in which they came. */
  readonly requests: readonly AgentRequest[];
}

export interface AgentPort {
  readonly id: string;
  /** Added since the latest sync. */
  readonly seen: boolean;
  /** 1: forwards. */
  readonly linkState: number;
  readonly port: PortNames;
}

export interface AgentRequest {
  readonly seq: number;
  readonly operation: string | null;
  readonly portIds: readonly string[];
  readonly status: number | null;
}

export interface PluginView {
  readonly ports: readonly PluginPort[];
  readonly retries: readonly Retry[];
}

/** What the plugin wants of an agent, and how far that is. */
export interface PluginPort {
  readonly agent: string;
  readonly id: string;
  readonly state: string;
  /** What is to be done next. */
  readonly operation: string | null;
  /** null: to be deleted. */
  readonly desired: { readonly port: PortNames } | null;
  readonly held: { readonly port: PortNames } | null;
}

export interface Retry {
  readonly agent: string;
  /** null for a sync. */
  readonly portId: string | null;
  readonly operation: string;
}

/** By what people know a port. */
export interface PortNames {
  readonly 'display-name': string;
  readonly 'ip-address': string;
}

/** Name of the VM of port `id` of `agent`, from whoever knows it. */
export function vmName(snapshot: Snapshot, agent: string, id: string): string {
  return namesOf(snapshot, agent, id)?.['display-name'] ?? id;
}

export function namesOf({ agents, plugin }: Snapshot, agent: string, id: string): PortNames | undefined {
  const wanted = plugin?.ports.find((port) => port.agent === agent && port.id === id);
  const state = agents.find(({ name }) => name === agent)?.state;
  return wanted?.desired?.port ?? wanted?.held?.port ?? state?.ports.find((port) => port.id === id)?.port;
}
