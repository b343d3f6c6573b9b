import type { Clock } from '@vrouter/service-kit';
import type { z } from 'zod';
import type { Command, Outcome, PortEntry } from '../ports/model.ts';
import type { DiskFault } from './disk/disk-fault.ts';
import type { Described } from './described.ts';
import type { Answer, Perform, Wire } from './seam.ts';

/** What a fault may use. */
export interface FaultWorld {
  /** The agent's time. */
  readonly clock: Clock;
  /** Time that goes by whatever the agent's does. */
  readonly realClock: Clock;
  /** From 0 up to, not including, 1; of this rule alone. */
  readonly random: () => number;
  /** Aborted when the rules are swapped: whatever waits then goes on. */
  readonly signal: AbortSignal;
  /** Ends the process as a power cut would. */
  readonly crash: () => void;
  readonly agent: AgentHands;
}

export interface AgentHands {
  port(id: string): PortEntry | undefined;
  request(command: Command): Promise<Outcome>;
}

export interface Exchange {
  readonly request: Described;
  readonly wire: Wire;
}

/** Stands before `next`, which is the next fault or the agent itself. */
export type HttpFault = (next: Perform, exchange: Exchange) => Promise<Answer | undefined>;

/** A fault sits either before requests or before calls of the disk. */
export type Armed = { readonly http: HttpFault } | { readonly disk: DiskFault };

export interface Fault {
  /** `kind` of an action. */
  readonly name: string;
  /** What stands beside `kind`. */
  readonly settings: z.ZodType;
  arm(settings: unknown, world: FaultWorld): Armed;
}

/** A fault whose `arm` gets its settings as `settings` reads them. */
export function defineFault<S extends z.ZodType>(
  name: string,
  settings: S,
  arm: (settings: z.output<S>, world: FaultWorld) => Armed,
): Fault {
  return { name, settings, arm: (raw, world) => arm(settings.parse(raw), world) };
}
