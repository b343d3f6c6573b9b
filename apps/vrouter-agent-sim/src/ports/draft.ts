import { samePort } from '@vrouter/port-model';
import type { Change, Contents, Deadline, PortEntry, SavedPort, Table } from './model.ts';

/**
 * What a table will be once a batch is saved. Commands of the batch read and write the draft, so that each sees
 * the ones before it, while everybody else still sees the table.
 */
export class Draft {
  generation: number;
  world: number;
  deadlines: readonly Deadline[];
  readonly #table: Table;
  /** undefined: to be removed. */
  readonly #entries = new Map<string, PortEntry | undefined>();
  /** What is saved of an entry, where that is not simply the entry. */
  readonly #fileRules = new Map<string, FileRule>();

  constructor(table: Table) {
    this.#table = table;
    this.generation = table.generation;
    this.world = table.world;
    this.deadlines = table.deadlines;
  }

  get(id: string): PortEntry | undefined {
    const entry = this.#entries.get(id);
    return entry !== undefined || this.#entries.has(id) ? entry : this.#table.ports.get(id);
  }

  put(entry: PortEntry): void {
    this.#set(entry.port.id, entry, undefined);
  }

  /** The entry changes, its file does not. */
  putUnsaved(entry: PortEntry): void {
    this.#set(entry.port.id, entry, { kind: 'none' });
  }

  /** The entry changes; its file is written only where there is none, with `saved`, which may be something else. */
  putWithFileIfAbsent(entry: PortEntry, saved: SavedPort): void {
    this.#set(entry.port.id, entry, { kind: 'save', ifAbsent: true, ...saved });
  }

  remove(id: string): void {
    this.#set(id, undefined, undefined);
  }

  /** Everything becomes `contents`, whose time begins at `nowMs`. */
  replace({ generation, deadlines, entries }: Contents, nowMs: number): void {
    for (const { port } of this.entries()) this.remove(port.id);
    for (const entry of entries) this.put(entry);
    this.generation = generation;
    this.deadlines = deadlines.map((one) => ({ generation: one.generation, atMs: nowMs + one.remainingMs }));
    this.world += 1;
  }

  *entries(): Generator<PortEntry> {
    for (const [id, entry] of this.#table.ports) if (!this.#entries.has(id)) yield entry;
    for (const entry of this.#entries.values()) if (entry !== undefined) yield entry;
  }

  /** What has to be saved before `commit`. */
  changes(): Change[] {
    const changes: Change[] = [];
    for (const [id, entry] of this.#entries) this.#addChangesOf(id, entry, changes);
    const table = this.#table;
    const isMoved = this.generation !== table.generation || this.deadlines.length !== table.deadlines.length;
    if (isMoved || this.#isReplaced) {
      const pending = this.deadlines.map((deadline) => deadline.generation);
      changes.push({ kind: 'generations', generation: this.generation, pending });
    }
    return changes;
  }

  commit(): void {
    for (const [id, entry] of this.#entries) {
      if (entry === undefined) this.#table.ports.delete(id);
      else this.#table.ports.set(id, entry);
    }
    this.#table.generation = this.generation;
    this.#table.world = this.world;
    this.#table.deadlines = this.deadlines;
  }

  #addChangesOf(id: string, entry: PortEntry | undefined, changes: Change[]): void {
    if (entry === undefined) {
      // Also when the table has no such port: its file may have been put there by somebody else.
      changes.push({ kind: 'remove', id });
      return;
    }
    const before = this.#table.ports.get(id);
    const save = this.#saveOf(id, before, entry);
    if (save !== undefined) changes.push(save);
    // A mark matters only to a sweep that is still to come.
    const isMarkedAnew = this.#isReplaced || before?.generation !== entry.generation;
    if (this.deadlines.length > 0 && isMarkedAnew) {
      changes.push({ kind: 'seen', id, generation: entry.generation });
    }
  }

  #saveOf(id: string, before: PortEntry | undefined, entry: PortEntry): Change | undefined {
    const rule = this.#fileRules.get(id);
    if (rule !== undefined) return rule.kind === 'none' ? undefined : rule;
    if (before !== undefined && isSavedAlike(before, entry)) return undefined;
    return { kind: 'save', port: entry.port, linkState: entry.linkState };
  }

  get #isReplaced(): boolean {
    return this.world !== this.#table.world;
  }

  #set(id: string, entry: PortEntry | undefined, rule: FileRule | undefined): void {
    this.#entries.set(id, entry);
    if (rule === undefined) this.#fileRules.delete(id);
    else this.#fileRules.set(id, rule);
  }
}

type FileRule = { readonly kind: 'none' } | (Change & { kind: 'save' });

function isSavedAlike(a: PortEntry, b: PortEntry): boolean {
  return a.linkState === b.linkState && samePort(a.port, b.port);
}
