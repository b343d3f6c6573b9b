import type { Port } from '@vrouter/port-model';
import type { Binding, DesiredPort } from '../../binding/desired-port.ts';
import type { AgentsView } from '../../config-api/agents-view.ts';

/** Agents that do at once what they are told; frozen ones do not let go of anything. */
export class HeldByAgents implements AgentsView {
  readonly suspected: { readonly agent: string; readonly port: Port }[] = [];
  readonly #desired = new Map<string, DesiredPort>();
  readonly #held = new Map<string, Set<string>>();
  #frozen = false;
  #brakesWhenEmpty = false;

  obey({ agents }: Binding): void {
    this.#desired.clear();
    for (const [agent, { ports }] of agents) for (const desired of ports.values()) this.had(agent, desired);
    if (!this.#frozen) this.#letGo();
  }

  had(agent: string, desired: DesiredPort): void {
    const { id, 'ip-address': address } = desired.port;
    this.#desired.set(`${agent} ${id}`, desired);
    this.#held.set(id, (this.#held.get(id) ?? new Set()).add(address));
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    this.#letGo();
  }

  holds(portId: string): ReadonlySet<string> | undefined {
    return this.#held.get(portId);
  }

  desired(agent: string, portId: string): DesiredPort | undefined {
    return this.#desired.get(`${agent} ${portId}`);
  }

  suspect(agent: string, port: Port): void {
    this.suspected.push({ agent, port });
    this.#held.set(port.id, new Set([port['ip-address']]));
    if (!this.#frozen) this.#letGo();
  }

  /** From now on the brake holds when they are told to have no port at all. */
  brakeWhenEmpty(): void {
    this.#brakesWhenEmpty = true;
  }

  releaseBrake(): void {
    this.#brakesWhenEmpty = false;
  }

  isBraked(): boolean {
    return this.#brakesWhenEmpty && this.#desired.size === 0;
  }

  placeOf(agent: string): string {
    return `place-of-${agent}`;
  }

  agentAt(place: string): string | undefined {
    return place.startsWith('place-of-') ? place.slice('place-of-'.length) : undefined;
  }

  #letGo(): void {
    this.#held.clear();
    for (const { port } of this.#desired.values()) this.#held.set(port.id, new Set([port['ip-address']]));
  }
}
