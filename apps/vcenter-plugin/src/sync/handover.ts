import type { AgentBinding, Binding, DesiredPort } from '../binding/desired-port.ts';

/** A port whose new agent does not confirm it stays on the old one no longer than this. */
export const HANDOVER_MS_MAX = 10_000;

/** What one agent is to have, with the ports that it keeps until others have them. */
export interface Assignment {
  readonly ports: ReadonlyMap<string, DesiredPort>;
  /** Ports that it had and that other agents should have. */
  readonly moved: ReadonlySet<string>;
  /** Ports that it keeps for now, and the agent that is to confirm each. */
  readonly waiting: ReadonlyMap<string, string>;
  readonly parked: boolean;
}

/**
 * Make before break: a port that moves to another agent is taken from the old one only once the new one has confirmed
 * it, so that there is no moment without it. An agent that cannot confirm now is not waited for. Pure but for what it
 * remembers: what each agent was given last, and since when a port is on its way.
 */
export class Handover {
  readonly #given = new Map<string, ReadonlyMap<string, DesiredPort>>();
  readonly #since = new Map<string, number>();

  /** `isPending(agent, id)`: the agent can confirm the port, and has not yet. */
  assign(
    binding: Binding,
    isPending: (agent: string, portId: string) => boolean,
    nowMs: number,
  ): Map<string, Assignment> {
    const ownerOf = new Map<string, string>();
    for (const [name, { ports }] of binding.agents) for (const id of ports.keys()) ownerOf.set(id, name);
    const assignments = new Map<string, Assignment>();
    const onTheirWay = new Set<string>();
    for (const [name, agent] of binding.agents) {
      const moved = new Map<string, string>();
      for (const id of this.#given.get(name)?.keys() ?? []) {
        const owner = ownerOf.get(id);
        if (owner !== undefined && owner !== name) moved.set(id, owner);
      }
      for (const id of moved.keys()) onTheirWay.add(id);
      const waits = (id: string, owner: string): boolean =>
        isPending(owner, id) && nowMs < this.#begun(id, nowMs) + HANDOVER_MS_MAX;
      assignments.set(
        name,
        this.#keep(name, agent, new Map([...moved].filter(([id, owner]) => waits(id, owner))), moved),
      );
    }
    for (const [name, { ports }] of assignments) this.#given.set(name, ports);
    for (const id of this.#since.keys()) if (!onTheirWay.has(id)) this.#since.delete(id);
    return assignments;
  }

  /** What `agent` should have, and besides the ports that others are still to confirm. */
  #keep(
    name: string,
    agent: AgentBinding,
    waiting: ReadonlyMap<string, string>,
    moved: ReadonlyMap<string, string>,
  ): Assignment {
    const ports = new Map(agent.ports);
    for (const id of waiting.keys()) {
      const port = this.#given.get(name)?.get(id);
      if (port !== undefined) ports.set(id, port);
    }
    return { ports, moved: new Set(moved.keys()), waiting, parked: agent.parked };
  }

  #begun(id: string, nowMs: number): number {
    const since = this.#since.get(id) ?? nowMs;
    this.#since.set(id, since);
    return since;
  }
}
