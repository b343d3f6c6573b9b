import type { Clock } from '../clock.ts';
import { textsOf } from './port-texts.ts';
import { Violation } from './violation.ts';

/** What a request asks of an agent. */
export type Ask =
  | {
      readonly kind: 'add';
      readonly ports: readonly { readonly id: string; readonly record: string; readonly identity: string }[];
    }
  | { readonly kind: 'delete' | 'enable' | 'disable' | 'get'; readonly id: string }
  | { readonly kind: 'sync' };

/** `done`: it says so. `absent`: it says that there is no such port. `not-done`: nothing changed. */
export type Said = 'done' | 'absent' | 'not-done' | 'unknown';

interface Holding {
  readonly record: string;
  readonly linkState: number;
}

/** A port that is gone since a sync, and the records that it may have had. */
export interface Swept {
  readonly id: string;
  readonly records: readonly string[];
}

/** A port in an agent's table. */
interface TableEntry {
  readonly port: Readonly<Record<string, unknown>>;
  readonly linkState: number;
}

type Effect = [PortModel, (before: Holding | undefined) => (Holding | undefined)[], id: string];

const ABSENT = 'absent';

/** One port: all that the agent may have, as texts, given what it was asked and what it said. */
class PortModel {
  may = new Map<string, Holding | undefined>([[ABSENT, undefined]]);
  /** Everything ever sent since it was certainly gone: what agents that do not flush may come back with. */
  readonly ever = new Set<string>();
  /** What refused changes would have made of it: where a disk fails, their record may be there after a crash. */
  refused: (Holding | undefined)[] = [];
  /** When the newest add that was acknowledged had arrived. */
  addedAt = 0;

  become(...holdings: (Holding | undefined)[]): void {
    this.may = new Map(holdings.map((one) => [textOf(one), one]));
  }

  also(...holdings: (Holding | undefined)[]): void {
    for (const one of holdings) this.may.set(textOf(one), one);
  }
}

/**
 * What an agent may hold: everything that follows from what it was asked, what it acknowledged, and its deaths. A
 * request whose answer never came may have been carried out or not. It knows nothing of how an agent works.
 */
export class AgentModel {
  readonly #clock: Clock;
  readonly #staleTimeoutMs: number;
  /** It keeps the first record of a port, and does not flush: the real agent. */
  readonly #isReal: boolean;
  readonly #ports = new Map<string, PortModel>();
  readonly #asked = new Map<number, { readonly ask: Ask; readonly arrivedAt: number }>();
  /** Syncs that it may have taken: when they arrived, in events and in time. */
  #syncs: { readonly arrivedAt: number; readonly atMs: number }[] = [];
  #startedAtMs = 0;
  #events = 0;
  #isUnreliable = false;

  constructor(clock: Clock, staleTimeoutMs: number, isReal: boolean) {
    this.#clock = clock;
    this.#staleTimeoutMs = staleTimeoutMs;
    this.#isReal = isReal;
  }

  /** The disk of a real agent fails, of which it says nothing: from now on it may have lost what it acknowledged, and kept what it removed. */
  diskFails(): void {
    this.#isUnreliable = true;
  }

  arrived(key: number, ask: Ask): void {
    const arrivedAt = ++this.#events;
    this.#asked.set(key, { ask, arrivedAt });
    if (ask.kind === 'sync') this.#syncs.push({ arrivedAt, atMs: this.#clock.now() });
    if (ask.kind === 'add') for (const { id, record } of ask.ports) this.#port(id).ever.add(record);
  }

  answered(key: number, said: Said): void {
    const asked = this.#asked.get(key);
    if (asked === undefined) return;
    this.#asked.delete(key);
    const { ask, arrivedAt } = asked;
    if (said === 'unknown') return this.#maybe(ask);
    if (said === 'absent' && 'id' in ask) this.#saidAbsent(ask.id);
    if (said === 'not-done') {
      for (const [port, after] of this.#effects(ask))
        port.refused.push(...[...port.may.values()].flatMap(after));
      return;
    }
    if (said !== 'done') return;
    for (const [port, after] of this.#effects(ask)) {
      port.refused = [];
      port.become(...[...port.may.values()].flatMap(after));
      if (ask.kind === 'add') port.addedAt = Math.max(port.addedAt, arrivedAt);
      if (ask.kind === 'add' && this.#isUnreliable) port.also(undefined);
      if (ask.kind === 'delete' && !this.#isUnreliable) port.ever.clear();
    }
  }

  /** The process is gone: what it had not answered may have been done. */
  died(why: 'killed' | 'power-cut' | 'wiped'): void {
    for (const { ask } of this.#asked.values()) this.#maybe(ask);
    this.#asked.clear();
    for (const port of this.#ports.values()) port.also(...port.refused.splice(0));
    // It may have died in the middle of a sweep.
    for (const port of this.#ports.values()) if (this.#maySweep(port.addedAt)) port.also(undefined);
    if (why === 'wiped') this.#ports.clear();
    if (why === 'wiped' || this.#isReal) this.#syncs = [];
    if (!this.#isReal) return;
    for (const port of this.#ports.values()) {
      port.also(undefined); // it serves before it has read its files
      for (const record of port.ever) port.also({ record, linkState: 0 }, { record, linkState: 1 });
    }
  }

  started(): void {
    this.#startedAtMs = this.#clock.now();
  }

  /** Holds the agent's table against all that; what it shows is certain from then on. Returns what was swept. */
  check(table: ReadonlyMap<string, TableEntry>): Swept[] {
    const swept: Swept[] = [];
    const maybe = this.#underWay();
    for (const id of new Set([...this.#ports.keys(), ...table.keys()])) {
      const port = this.#port(id);
      const entry = table.get(id);
      const found = entry && { record: textsOf(entry.port).record, linkState: entry.linkState };
      const text = textOf(found);
      if (!port.may.has(text) && maybe.get(id)?.has(text) !== true) {
        const expected = [...port.may.keys()].join(' or ');
        if (found !== undefined || !this.#knowsSync())
          throw new Violation('acknowledged-change-lost', `port ${id}: expected ${expected}, found ${text}`);
        if (!this.#maySweep(port.addedAt))
          throw new Violation('swept-although-added', `port ${id}: expected ${expected}, found ${text}`);
        swept.push({ id, records: [...port.may.values()].flatMap((one) => one?.record ?? []) });
      }
      // What waits for its answer may still change it.
      if (this.#asked.size > 0) {
        if (found === undefined) port.also(undefined);
        continue;
      }
      port.become(found);
      if (found === undefined && port.ever.size + port.refused.length === 0) this.#ports.delete(id);
    }
    return swept;
  }

  /** Ports that it has whatever became of anything, and their records: none that a request or a sweep may be changing. */
  certain(): ReadonlyMap<string, string> {
    const underWay = this.#underWay();
    const records = new Map<string, string>();
    for (const [id, port] of this.#ports) {
      const [first, ...others] = port.may.values();
      if (first === undefined || others.some((one) => one?.record !== first.record)) continue;
      if (!underWay.has(id) && !this.#maySweep(port.addedAt)) records.set(id, first.record);
    }
    return records;
  }

  /** The moment when the newest sync arrived (ms). */
  get lastSyncMs(): number {
    return this.#syncs.at(-1)?.atMs ?? -Infinity;
  }

  /** What the requests that it is busy with may have made of their ports already. */
  #underWay(): Map<string, Set<string>> {
    const texts = new Map<string, Set<string>>();
    for (const { ask } of this.#asked.values()) {
      for (const [port, after, id] of this.#effects(ask)) {
        const all = texts.get(id) ?? new Set(port.may.keys());
        for (const holding of [...port.may.values()].flatMap(after)) all.add(textOf(holding));
        texts.set(id, all);
      }
    }
    return texts;
  }

  #knowsSync(): boolean {
    return this.#syncs.length > 0;
  }

  /** Is the time of a sync over that came after `addedAt`? A restart gives it its full time again. */
  #maySweep(addedAt: number): boolean {
    const nowMs = this.#clock.now();
    return this.#syncs.some(
      ({ arrivedAt, atMs }) =>
        arrivedAt > addedAt && nowMs >= Math.max(atMs, this.#startedAtMs) + this.#staleTimeoutMs,
    );
  }

  #saidAbsent(id: string): void {
    const port = this.#port(id);
    const isKnown = !port.may.has(ABSENT) && !this.#maySweep(port.addedAt) && !this.#isReal;
    if (isKnown && this.#asked.size === 0)
      throw new Violation('acknowledged-change-lost', `port ${id}: the agent says that it has none`);
  }

  #maybe(ask: Ask): void {
    for (const [port, after] of this.#effects(ask)) port.also(...[...port.may.values()].flatMap(after));
  }

  #effects(ask: Ask): Effect[] {
    switch (ask.kind) {
      case 'add':
        return ask.ports.map(({ id, record }) => [
          this.#port(id),
          (before) => this.#added(record, before),
          id,
        ]);
      case 'delete':
        return [[this.#port(ask.id), () => [undefined], ask.id]];
      case 'enable':
      case 'disable': {
        const linkState = ask.kind === 'enable' ? 1 : 0;
        return [[this.#port(ask.id), (before) => [before && { ...before, linkState }], ask.id]];
      }
      case 'get':
      case 'sync':
        return [];
    }
  }

  #added(record: string, before: Holding | undefined): Holding[] {
    if (before === undefined) return this.#isReal ? links(record) : [{ record, linkState: 0 }];
    return this.#isReal ? [before, ...links(record)] : [{ ...before, record }];
  }

  #port(id: string): PortModel {
    const port = this.#ports.get(id) ?? new PortModel();
    this.#ports.set(id, port);
    return port;
  }
}

function links(record: string): Holding[] {
  return [
    { record, linkState: 0 },
    { record, linkState: 1 },
  ];
}

function textOf(holding: Holding | undefined): string {
  return holding === undefined ? ABSENT : `${holding.record} link ${holding.linkState}`;
}
