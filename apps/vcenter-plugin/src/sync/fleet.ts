import { systemClock, type Clock, type Logger } from '@vrouter/service-kit';
import type { Binding, DesiredPort } from '../binding/desired-port.ts';
import type { AgentWorker } from './agent-worker.ts';
import { Handover, type Assignment } from './handover.ts';
import { Member, type AgentView, type Place } from './member.ts';

export interface FleetParts {
  /** Makes a worker for the agent at `url`; it calls `onProgress` after each answer. */
  readonly open: (name: string, url: string, onProgress: () => void) => AgentWorker;
  /** What the ledger knows of an agent. */
  readonly remembered: (name: string) => AgentView;
  /** Takes an agent out of the ledger. */
  readonly forget: (name: string) => void;
  readonly log: Logger;
  readonly clock?: Clock;
}

/** All agents. They share nothing but ports that move: one that is dead delays nobody else. */
export class Fleet {
  readonly #parts: FleetParts;
  readonly #clock: Clock;
  readonly #members = new Map<string, Member>();
  readonly #handover = new Handover();
  /** For each agent that is to confirm ports: which, and who keeps them meanwhile, until when. */
  readonly #awaited = new Map<string, Map<string, Map<string, number>>>();
  #isLost = false;
  #cancelTimer: (() => void) | undefined;

  constructor(parts: FleetParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? systemClock;
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  member(name: string): Member | undefined {
    return this.#members.get(name);
  }

  /** Agents that were there in an earlier life of the plugin: they may hold ports, wherever they are. */
  remember(names: readonly string[]): void {
    for (const name of names) this.#memberOf(name);
  }

  /** Agents are there from now on, and nowhere else. */
  place(places: readonly Place[]): void {
    for (const place of places) {
      const member = this.#memberOf(place.name);
      if (member.isGone) this.#parts.log.info({ agent: place.name, url: place.url }, 'agent is found again');
      else if (member.url !== null && member.url !== place.url)
        this.#parts.log.info({ agent: place.name, url: place.url }, 'agent has another address');
      member.moveTo(place);
    }
  }

  /** A complete inventory: agents are at `places`, the others are gone, and `binding` is what each should have. */
  apply(places: readonly Place[], binding: Binding): void {
    this.#isLost = false;
    const placed = new Set(places.map(({ name }) => name));
    for (const member of this.members) {
      if (placed.has(member.name) || member.isGone) continue;
      member.moveTo(undefined);
      this.#parts.log.warn({ agent: member.name }, 'agent is gone; what it may hold is remembered');
    }
    this.place(places);
    for (const { name, worker } of this.members) {
      const heldBack = worker?.heldBack();
      if (heldBack !== undefined && heldBack.size > 0) this.#handover.keep(name, heldBack);
    }
    // Whoever keeps ports is told anew; an agent that is gone keeps none.
    this.#awaited.clear();
    this.#carryOut(this.#handover.assign(binding, this.#isPending, this.#clock.now()));
  }

  /** An agent that is gone is not coming back: what it may hold is nobody's business. False when it is not gone. */
  forget(name: string): boolean {
    if (this.#members.get(name)?.isLeft !== true) return false;
    this.#parts.forget(name);
    this.#members.delete(name);
    return true;
  }

  inventoryLost(): void {
    this.#isLost = true;
    for (const member of this.members) member.inventoryLost();
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#awaited.clear();
    await Promise.all(this.members.map((member) => member.stop()));
  }

  readonly #isPending = (agent: string, port: DesiredPort): boolean =>
    this.#members.get(agent)?.isPending(port) === true;

  #memberOf(name: string): Member {
    const known = this.#members.get(name);
    if (known !== undefined) return known;
    const member = new Member({
      name,
      open: (url) => this.#open(name, url),
      remembered: this.#parts.remembered,
      isFree: (url) => !this.members.some((other) => other.uses(url)),
      onFreed: () => this.#settle(),
    });
    this.#members.set(name, member);
    return member;
  }

  #open(name: string, url: string): AgentWorker {
    const worker = this.#parts.open(name, url, () => this.#progress(name));
    this.#handover.remember(name, worker.desired());
    return worker;
  }

  /** An address is free for another agent; and one that is gone and held nothing is of no interest any more. */
  #settle(): void {
    for (const member of this.members) {
      if (member.isLeft && member.ports().length === 0) this.#members.delete(member.name);
      else member.settle();
    }
  }

  /** An agent answered, or did not: maybe ports have arrived, or are not to be waited for, and can leave where they were. */
  #progress(agent: string): void {
    const keepers = new Set<string>();
    for (const [id, names] of this.#awaited.get(agent) ?? []) {
      const wanted = this.#handover.wanted(agent, id);
      if (wanted !== undefined && this.#isPending(agent, wanted)) continue;
      for (const name of names.keys()) keepers.add(name);
    }
    if (keepers.size > 0) this.#again(keepers);
  }

  /** Agents that keep ports for others look again whether they must; while the inventory is lost they keep them. */
  #again(keepers: Iterable<string>): void {
    if (this.#isLost) return;
    this.#carryOut(this.#handover.again(keepers, this.#isPending, this.#clock.now()));
  }

  #carryOut(assignments: ReadonlyMap<string, Assignment>): void {
    for (const [agent, ports] of this.#awaited) {
      for (const [id, keepers] of ports) {
        for (const name of assignments.keys()) keepers.delete(name);
        if (keepers.size === 0) ports.delete(id);
      }
      if (ports.size === 0) this.#awaited.delete(agent);
    }
    for (const [name, { ports, moved, waiting, parked }] of assignments) {
      for (const [id, { agent, untilMs }] of waiting) this.#await(agent, id, name, untilMs);
      this.#members.get(name)?.desire(ports, parked, moved);
    }
    this.#keepTime();
  }

  #await(owner: string, portId: string, keeper: string, untilMs: number): void {
    const ports = this.#awaited.get(owner) ?? new Map<string, Map<string, number>>();
    this.#awaited.set(owner, ports.set(portId, (ports.get(portId) ?? new Map()).set(keeper, untilMs)));
  }

  /** Nobody keeps a port for another for ever. */
  #keepTime(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const waits = [...this.#awaited.values()].flatMap((ports) =>
      [...ports.values()].flatMap((keepers) => [...keepers]),
    );
    if (waits.length === 0) return;
    const nextMs = Math.min(...waits.map(([, untilMs]) => untilMs));
    this.#cancelTimer = this.#clock.schedule(nextMs - this.#clock.now(), () =>
      this.#again(new Set(waits.map(([keeper]) => keeper))),
    );
  }
}
