import type { Port } from '@vrouter/port-model';

/** A port as an agent should have it. `port` carries no link state: that travels as enable and disable. */
export interface DesiredPort {
  readonly port: Port;
  readonly enabled: boolean;
}

/** What one agent should have. */
export interface AgentBinding {
  readonly ports: ReadonlyMap<string, DesiredPort>;
  /** Its host is in maintenance, out of vCenter's reach or gone, or its own VM is off: nothing is sent. */
  readonly parked: boolean;
}

/** Something in the inventory that cannot become a port, for the operator. */
export interface BindingProblem {
  readonly kind:
    | 'host-without-agent'
    | 'agent-without-host'
    | 'agent-not-used'
    | 'agent-off'
    | 'agents-file'
    | 'unknown-network'
    | 'network-without-vlan'
    | 'no-mac'
    | 'duplicate-mac'
    | 'bad-port'
    | 'waiting';
  /** What it is about: a host, an agent, a file, or `VM / MAC`. */
  readonly subject: string;
  readonly text: string;
}

export interface Binding {
  /** By agent name; every agent that has a place is there. */
  readonly agents: ReadonlyMap<string, AgentBinding>;
  readonly problems: readonly BindingProblem[];
  /** Adapters, by `adapterKey`, that run on hosts without agents: they are nobody's, and not lost. */
  readonly unserved?: ReadonlySet<string>;
}

/** Which adapter of which VM a port is for, whatever its id. */
export function adapterKey(instanceId: string, mac: string): string {
  return `${instanceId} ${mac}`;
}

/** When does an adapter have a port, and when does that forward? */
export type Lifecycle = 'power' | 'link';

/** The agent that serves a host. */
export interface Placement {
  readonly agent: string;
  /** ESXi host name in the inventory. */
  readonly host: string;
  /** Its VM does not run. */
  readonly off?: boolean;
}
