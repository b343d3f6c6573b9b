import { basename, dirname } from 'node:path';
import type { FileFacts, FileSystem, FolderFacts, OpenFile, PathKind } from '../store/file-system.ts';

/** What a power cut leaves of what was not on disk for certain. */
export interface Luck {
  /** Do changes of names (creations, renames, removals) survive that no `syncFolder` covered? The first so many of them do. */
  readonly namesKept: 'none' | 'half' | 'all';
  /** What is there of content that no sync covered. */
  readonly content: 'none' | 'half' | 'zeros' | 'all';
}

export const ALL_LUCK: readonly Luck[] = (['none', 'half', 'all'] as const).flatMap((namesKept) =>
  (['none', 'half', 'zeros', 'all'] as const).map((content) => ({ namesKept, content })),
);

interface Inode {
  content: Buffer;
  synced: Buffer;
  mtimeMs: number;
}

type Folder = Map<string, Inode>;
interface NameChange {
  readonly folder: string;
  readonly name: string;
  readonly inode: Inode | undefined;
}

export type Trouble =
  | { readonly kind: 'none' }
  /** From this call on nothing happens any more; a call that writes does half of its work. */
  | { readonly kind: 'power-cut'; readonly atCall: number }
  | {
      readonly kind: 'error';
      readonly atCall: number;
      readonly code: string;
      readonly count: number;
      /** Taking a file away goes well, and is not counted: on a full disk it needs no space. */
      readonly sparesRemovals?: true;
    };

/**
 * A disk in memory that forgets what was not synced when the power is cut. Every call that changes it, or waits for
 * it, is counted, and can be the one that fails.
 */
export class CrashDisk implements FileSystem {
  readonly #folders = new Map<string, { now: Folder; synced: Folder }>();
  /** Not synced yet, oldest first. */
  #nameChanges: NameChange[] = [];
  #trouble: Trouble = { kind: 'none' };
  #timeMs = 0;
  callCount = 0;

  constructor(...folders: string[]) {
    for (const folder of folders) this.#folders.set(folder, { now: new Map(), synced: new Map() });
  }

  /** Counts calls from now on. */
  expect(trouble: Trouble): void {
    this.#trouble = trouble;
    this.callCount = 0;
  }

  get hasStruck(): boolean {
    return this.#trouble.kind !== 'none' && this.callCount >= this.#trouble.atCall;
  }

  /** Power was cut, and not only calls failed. */
  get hasLostPower(): boolean {
    return this.#trouble.kind === 'power-cut' && this.hasStruck;
  }

  /** The disk as the next start finds it. This one goes on as before, for another `luck`. */
  afterPowerCut(luck: Luck): CrashDisk {
    const next = new CrashDisk();
    const copies = new Map<Inode, Inode>();
    const copyOf = (inode: Inode): Inode => {
      const known = copies.get(inode);
      if (known !== undefined) return known;
      const content = survivingContent(inode, luck);
      const copy = { content, synced: content, mtimeMs: inode.mtimeMs };
      copies.set(inode, copy);
      return copy;
    };
    const { length } = this.#nameChanges;
    const keptCount = { none: 0, half: Math.ceil(length / 2), all: length }[luck.namesKept];
    const kept = this.#nameChanges.slice(0, keptCount);
    for (const [path, { synced }] of this.#folders) {
      const names: Folder = new Map([...synced].map(([name, inode]) => [name, copyOf(inode)]));
      for (const change of kept)
        if (change.folder === path) put(names, change.name, change.inode && copyOf(change.inode));
      next.#folders.set(path, { now: names, synced: new Map(names) });
    }
    next.#timeMs = this.#timeMs + 1000;
    return next;
  }

  /** Tells disks apart that a start could tell apart; for the eyes of a test, not counted. */
  get fingerprint(): string {
    const inodes = new Map<Inode, number>();
    const rows = [...this.#folders].flatMap(([folder, { now }]) =>
      [...now].map(([name, inode]) => {
        const number = inodes.get(inode) ?? inodes.size;
        inodes.set(inode, number);
        return [folder, name, number, inode.mtimeMs, inode.content.toString('latin1')];
      }),
    );
    return JSON.stringify(rows);
  }

  /** Name to content; for the eyes of a test, not counted. */
  content(folder: string): Record<string, string> {
    return Object.fromEntries(
      [...this.#folder(folder).now].map(([name, { content }]) => [name, content.toString()]),
    );
  }

  async makeFolder(path: string): Promise<void> {
    this.#step();
    if (!this.#folders.has(path)) this.#folders.set(path, { now: new Map(), synced: new Map() });
  }

  async kindOf(path: string): Promise<PathKind> {
    this.#step();
    if (this.#folders.has(path)) return 'other';
    return this.#find(path) === undefined ? 'absent' : 'file';
  }

  async write(path: string, text: string): Promise<void> {
    const inode = this.#create(path);
    inode.content = this.#step(
      () => Buffer.from(text),
      () => Buffer.from(half(text)),
      inode,
    );
    inode.synced = this.#step(() => inode.content);
  }

  async writeAt(path: string, position: number, text: string): Promise<void> {
    const file = await this.openFile(path, 'existing');
    await file.write(position, text);
    await file.datasync();
  }

  async truncate(path: string, length: number): Promise<void> {
    const file = await this.openFile(path, 'existing');
    await file.truncate(length);
    await file.datasync();
  }

  async link(from: string, to: string): Promise<void> {
    this.#step();
    this.#rename(to, this.#existing(from));
  }

  async rename(from: string, to: string): Promise<void> {
    this.publish(from, to);
  }

  async unlink(path: string): Promise<void> {
    this.discard(path);
  }

  async syncFolder(path: string): Promise<void> {
    this.#step();
    const folder = this.#folder(path);
    folder.synced = new Map(folder.now);
    this.#nameChanges = this.#nameChanges.filter((change) => change.folder !== path);
  }

  fileNames(path: string): readonly string[] {
    return [...this.#folder(path).now.keys()];
  }

  names(path: string): readonly string[] {
    return this.fileNames(path);
  }

  targetKind(path: string): PathKind | 'folder' {
    if (this.#folders.has(path)) return 'folder';
    return this.#find(path) === undefined ? 'absent' : 'file';
  }

  folderFacts(path: string): FolderFacts | undefined {
    return this.#folders.has(path) ? { mayHoldFolders: false } : undefined;
  }

  sizeBytes(path: string): number {
    return this.#existing(path).content.length;
  }

  read(path: string): string {
    return this.readBytes(path).toString();
  }

  readBytes(path: string): Buffer {
    return this.#existing(path).content;
  }

  async openFile(path: string, how: 'existing' | 'fresh'): Promise<OpenFile> {
    this.#step();
    const inode = how === 'existing' ? this.#existing(path) : this.#create(path);
    return {
      write: async (position, text) => {
        const written = (part: string) => Buffer.concat([padded(inode.content, position), Buffer.from(part)]);
        inode.content = this.#step(
          () => written(text),
          () => written(half(text)),
          inode,
        );
      },
      datasync: async () => {
        inode.synced = this.#step(() => inode.content);
      },
      truncate: async (lengthBytes) => {
        inode.content = this.#step(() => inode.content.subarray(0, lengthBytes));
      },
      close: async () => undefined,
    };
  }

  facts(path: string): FileFacts | undefined {
    const inode = this.#find(path);
    return inode && { sizeBytes: inode.content.length, mtimeMs: inode.mtimeMs };
  }

  stage(path: string, text: string): FileFacts {
    const inode = this.#create(path);
    inode.content = this.#step(
      () => Buffer.from(text),
      () => Buffer.from(half(text)),
      inode,
    );
    return { sizeBytes: inode.content.length, mtimeMs: inode.mtimeMs };
  }

  publish(from: string, to: string): void {
    this.#step();
    const inode = this.#existing(from);
    this.#rename(to, inode);
    this.#rename(from, undefined);
  }

  discard(path: string): void {
    const trouble = this.#trouble;
    if (trouble.kind !== 'error' || trouble.sparesRemovals !== true) this.#step();
    this.#existing(path);
    this.#rename(path, undefined);
  }

  async syncFile(path: string): Promise<void> {
    const inode = this.#existing(path);
    inode.synced = this.#step(() => inode.content);
  }

  #step(): void;
  #step(whole: () => Buffer, part?: () => Buffer, inode?: Inode): Buffer;
  #step(whole: () => Buffer = () => Buffer.of(), part?: () => Buffer, inode?: Inode): Buffer {
    this.callCount += 1;
    const trouble = this.#trouble;
    const isHit =
      trouble.kind !== 'none' &&
      this.callCount >= trouble.atCall &&
      (trouble.kind === 'power-cut' || this.callCount < trouble.atCall + trouble.count);
    if (!isHit) return whole();
    if (this.callCount === trouble.atCall && part !== undefined && inode !== undefined)
      inode.content = part();
    const code = trouble.kind === 'error' ? trouble.code : 'EIO';
    throw Object.assign(new Error(`${code}: trouble at call ${this.callCount}`), { code });
  }

  #create(path: string): Inode {
    const known = this.#find(path);
    if (known !== undefined) {
      known.content = Buffer.of();
      return known;
    }
    const inode = { content: Buffer.of(), synced: Buffer.of(), mtimeMs: ++this.#timeMs };
    this.#step();
    this.#rename(path, inode);
    return inode;
  }

  #rename(path: string, inode: Inode | undefined): void {
    put(this.#folder(dirname(path)).now, basename(path), inode);
    this.#nameChanges.push({ folder: dirname(path), name: basename(path), inode });
  }

  #folder(path: string): { now: Folder; synced: Folder } {
    const folder = this.#folders.get(path);
    if (folder === undefined) throw absent(path);
    return folder;
  }

  #find(path: string): Inode | undefined {
    return this.#folders.get(dirname(path))?.now.get(basename(path));
  }

  #existing(path: string): Inode {
    const inode = this.#find(path);
    if (inode === undefined) throw absent(path);
    return inode;
  }
}

function survivingContent({ content, synced }: Inode, luck: Luck): Buffer {
  if (content.equals(synced)) return synced;
  const common = Math.min(content.length, synced.length);
  const isAppend = content.subarray(0, common).equals(synced);
  const kept = isAppend ? synced.length : 0;
  switch (luck.content) {
    case 'none':
      return synced;
    case 'all':
      return content;
    case 'half':
      return content.subarray(0, kept + Math.ceil((content.length - kept) / 2));
    case 'zeros':
      return Buffer.concat([content.subarray(0, kept), Buffer.alloc(content.length - kept)]);
  }
}

function put(names: Folder, name: string, inode: Inode | undefined): void {
  if (inode === undefined) names.delete(name);
  else names.set(name, inode);
}

function padded(content: Buffer, position: number): Buffer {
  const kept = content.subarray(0, position);
  return Buffer.concat([kept, Buffer.alloc(position - kept.length)]);
}

function half(text: string): string {
  return text.slice(0, text.length / 2);
}

function absent(path: string): Error {
  return Object.assign(new Error(`ENOENT: there is no ${path}`), { code: 'ENOENT' });
}
