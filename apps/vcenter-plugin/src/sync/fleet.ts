import type { Binding } from '../binding/desired-port.ts';
import type { AgentWorker } from './agent-worker.ts';

/** One configured agent and its worker. */
export interface FleetMember {
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly worker: AgentWorker;
}

/** All agents. They share nothing: one that is dead delays nobody else. */
export class Fleet {
  readonly members: readonly FleetMember[];

  constructor(members: readonly FleetMember[]) {
    this.members = members;
  }

  apply(binding: Binding): void {
    for (const { name, worker } of this.members) {
      const agent = binding.agents.get(name);
      if (agent !== undefined) worker.desire(agent.ports, agent.parked);
    }
  }

  inventoryLost(): void {
    for (const { worker } of this.members) worker.inventoryLost();
  }

  member(name: string): FleetMember | undefined {
    return this.members.find((member) => member.name === name);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map(({ worker }) => worker.stop()));
  }
}
