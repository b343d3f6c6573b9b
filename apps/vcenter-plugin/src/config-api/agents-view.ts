import type { Port } from '@vrouter/port-model';
import type { DesiredPort } from '../binding/desired-port.ts';

/** What mode vcenter-only has to know of the agents, and to tell them besides their ports. */
export interface AgentsView {
  /** Addresses with which some agent may hold the port; undefined when none may hold it. */
  holds(portId: string): ReadonlySet<string> | undefined;
  /** What `agent` was told to have last. */
  desired(agent: string, portId: string): DesiredPort | undefined;
  /** `agent` may hold the port, says somebody who remembers: it is to be deleted there. */
  suspect(agent: string, port: Port): void;
  /** Is there an agent from which suspiciously much would be taken? */
  isBraked(): boolean;
  /** Where `agent` is, in a word that can be remembered. */
  placeOf(agent: string): string | undefined;
  /** The agent at that place. */
  agentAt(place: string): string | undefined;
}
