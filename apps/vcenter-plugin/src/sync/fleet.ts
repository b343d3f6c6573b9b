import { systemClock, type Clock } from '@vrouter/service-kit';
import type { Binding } from '../binding/desired-port.ts';
import type { AgentWorker } from './agent-worker.ts';
import { Handover, HANDOVER_MS_MAX } from './handover.ts';

/** One configured agent and its worker. */
export interface FleetMember {
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly worker: AgentWorker;
}

/** All agents. They share nothing but ports that move: one that is dead delays nobody else. */
export class Fleet {
  readonly members: readonly FleetMember[];
  readonly #clock: Clock;
  readonly #handover = new Handover();
  #binding: Binding | undefined;
  /** Ports on their way, with the agent that is to confirm them. */
  #awaited: ReadonlyMap<string, AgentWorker> = new Map();
  #cancelTimer: () => void = () => {};

  constructor(members: readonly FleetMember[], clock: Clock = systemClock) {
    this.members = members;
    this.#clock = clock;
  }

  apply(binding: Binding): void {
    this.#binding = binding;
    this.#assign(binding);
  }

  /** An agent answered: maybe a port has arrived, and can leave where it came from. */
  progress(): void {
    for (const [id, worker] of this.#awaited) {
      if (isPending(worker, id)) continue;
      if (this.#binding !== undefined) this.#assign(this.#binding);
      return;
    }
  }

  inventoryLost(): void {
    for (const { worker } of this.members) worker.inventoryLost();
  }

  member(name: string): FleetMember | undefined {
    return this.members.find((member) => member.name === name);
  }

  async stop(): Promise<void> {
    this.#cancelTimer();
    this.#awaited = new Map();
    await Promise.all(this.members.map(({ worker }) => worker.stop()));
  }

  #assign(binding: Binding): void {
    const workers = new Map(this.members.map(({ name, worker }) => [name, worker]));
    const pending = (agent: string, id: string): boolean => {
      const worker = workers.get(agent);
      return worker !== undefined && isPending(worker, id);
    };
    const assignments = this.#handover.assign(binding, pending, this.#clock.now());
    const awaited = new Map<string, AgentWorker>();
    for (const [name, { ports, moved, waiting, parked }] of assignments) {
      for (const [id, owner] of waiting) {
        const worker = workers.get(owner);
        if (worker !== undefined) awaited.set(id, worker);
      }
      workers.get(name)?.desire(ports, parked, moved);
    }
    this.#awaited = awaited;
    this.#cancelTimer();
    if (awaited.size > 0)
      this.#cancelTimer = this.#clock.schedule(HANDOVER_MS_MAX, () => this.#assign(binding));
  }
}

/** Can the agent confirm the port, and has not yet? One that is down or parked is not waited for. */
function isPending(worker: AgentWorker, portId: string): boolean {
  return worker.isAvailable() && !worker.isConfirmed(portId);
}
