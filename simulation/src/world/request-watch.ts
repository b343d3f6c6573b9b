import type { Outcome } from '@vrouter/agent-client';
import type { AgentRequest } from '@vrouter/agent-client/wire';
import type { SimulatedAgent } from '../agent/simulated-agent.ts';
import type { WireAnswer } from '../agent/wire.ts';

/** Told of every request, from its sending to what became of it; a request is known by the number `sent` gave it. */
export interface RequestWatch {
  sent(agent: SimulatedAgent, kind: string, request: AgentRequest): number;
  /** The network has something in store for it. */
  met(call: number, fate: string): void;
  /** The agent reads it; returns the number of this arrival, of which a request may have several. */
  arrived(call: number, agent: SimulatedAgent): number;
  /** The agent answers an arrival; nobody knows yet whether that will be heard. */
  answered(arrival: number, agent: SimulatedAgent, answer: WireAnswer | 'close'): void;
  /** The plugin knows what became of it. */
  settled(call: number, outcome: Outcome): void;
  /** The plugin knows whether the agent accepts a connection. */
  probed(agent: SimulatedAgent, accepts: boolean): void;
}
