import { adapterKey, type Binding, type DesiredPort } from '../binding/desired-port.ts';

/** A port whose new agent does not confirm it stays on the old one no longer than this. */
export const HANDOVER_MS_MAX = 10_000;

/** What one agent is to have, with the ports that it keeps until others have them. */
export interface Assignment {
  readonly ports: ReadonlyMap<string, DesiredPort>;
  /** Ports that it had, of adapters that are on other hosts now, or have ports with other ids. */
  readonly moved: ReadonlySet<string>;
  /** Ports that it keeps for now. */
  readonly waiting: ReadonlyMap<string, Wait>;
  readonly parked: boolean;
}

/** For the agent that is to confirm a port, or until then (ms since 1970). */
export interface Wait {
  readonly agent: string;
  readonly untilMs: number;
}

/** `isPending(agent, port)`: the agent can confirm the port as it is now unless it is parked, and has not yet. */
export type IsPending = (agent: string, port: DesiredPort) => boolean;

interface Given {
  readonly ports: ReadonlyMap<string, DesiredPort>;
  /** Since when it keeps ports for others. */
  readonly keptSinceMs: ReadonlyMap<string, number>;
}

const NOTHING: Given = { ports: new Map(), keptSinceMs: new Map() };

/**
 * Make before break: a port that moves to another agent is taken from the old one only once the new one has confirmed
 * it, so that there is no moment without it. An agent that cannot confirm now is not waited for. Pure but for what it
 * remembers: what each agent was given last, and since when it keeps ports for others.
 */
export class Handover {
  readonly #given = new Map<string, Given>();
  #binding: Binding = { agents: new Map(), problems: [] };
  #ownerOf: ReadonlyMap<string, string> = new Map();
  /** Of the binding, by `adapterKey`, once somebody wants to know. */
  #adapters: ReadonlySet<string> | undefined;

  /** What an agent was to have in an earlier life of the plugin. */
  remember(agent: string, ports: ReadonlyMap<string, DesiredPort>): void {
    if (!this.#given.has(agent)) this.#given.set(agent, { ...NOTHING, ports });
  }

  /** An agent still has these, which the last binding gave to nobody: they can move, too. */
  keep(agent: string, ports: ReadonlyMap<string, DesiredPort>): void {
    const given = this.#given.get(agent) ?? NOTHING;
    this.#given.set(agent, { ...given, ports: new Map([...ports, ...given.ports]) });
  }

  /** Every agent's assignment under a new `binding`. */
  assign(binding: Binding, isPending: IsPending, nowMs: number): Map<string, Assignment> {
    const ownerOf = new Map<string, string>();
    for (const [name, { ports }] of binding.agents) for (const id of ports.keys()) ownerOf.set(id, name);
    this.#binding = binding;
    this.#ownerOf = ownerOf;
    this.#adapters = undefined;
    return this.again(binding.agents.keys(), isPending, nowMs);
  }

  /** Those of `agents` once more under the same binding: what they wait for may have happened. */
  again(agents: Iterable<string>, isPending: IsPending, nowMs: number): Map<string, Assignment> {
    const assignments = new Map<string, Assignment>();
    for (const name of agents) {
      const agent = this.#binding.agents.get(name);
      if (agent === undefined) continue;
      const given = this.#given.get(name) ?? NOTHING;
      const ports = new Map(agent.ports);
      const keptSinceMs = new Map<string, number>();
      const moved = new Set<string>();
      const waiting = new Map<string, Wait>();
      for (const [id, port] of given.ports) {
        const owner = this.#ownerOf.get(id);
        if (owner === name) continue;
        if (owner === undefined) {
          if (this.#hasAdapterOf(port)) moved.add(id);
          continue;
        }
        moved.add(id);
        const sinceMs = given.keptSinceMs.get(id) ?? nowMs;
        const untilMs = sinceMs + HANDOVER_MS_MAX;
        // Parked by this binding: what the agent was told last may be out of date.
        if (this.#binding.agents.get(owner)?.parked === true) continue;
        const wanted = this.wanted(owner, id);
        if (wanted === undefined || !isPending(owner, wanted) || nowMs >= untilMs) continue;
        waiting.set(id, { agent: owner, untilMs });
        keptSinceMs.set(id, sinceMs);
        ports.set(id, port);
      }
      this.#given.set(name, { ports, keptSinceMs });
      assignments.set(name, { ports, moved, waiting, parked: agent.parked });
    }
    return assignments;
  }

  /** The port as the last binding gave it to `agent`. */
  wanted(agent: string, id: string): DesiredPort | undefined {
    return this.#binding.agents.get(agent)?.ports.get(id);
  }

  /** Asked seldom, and of many ports when it is: a mode of the plugin with other ids replaces all of them. */
  #hasAdapterOf({ port }: DesiredPort): boolean {
    this.#adapters ??= adaptersIn(this.#binding);
    return this.#adapters.has(adapterKey(port['instance-id'], port['mac-address']));
  }
}

function adaptersIn({ agents, unserved }: Binding): ReadonlySet<string> {
  const adapters = new Set(unserved);
  for (const { ports } of agents.values())
    for (const { port } of ports.values()) adapters.add(adapterKey(port['instance-id'], port['mac-address']));
  return adapters;
}
