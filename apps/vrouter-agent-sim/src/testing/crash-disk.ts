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
  /** What no sync has covered yet: bytes from there on, up to there. */
  dirty: { readonly from: number; readonly to: number } | undefined;
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
      /** Looking and reading is counted, too, and can fail. */
      readonly countsReads?: true;
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
      const copy = { content, synced: content, dirty: undefined, mtimeMs: inode.mtimeMs };
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

  /** One with the same content, on which everything is certain. */
  copy(): CrashDisk {
    return this.afterPowerCut({ namesKept: 'all', content: 'all' });
  }

  /** Tells disks apart that a start could tell apart; for the eyes of a test, not counted. */
  get fingerprint(): string {
    const inodes = new Map<Inode, number>();
    const rows = [...this.#folders].flatMap(([folder, { now }]) =>
      [...now].map(([name, inode]) => {
        const number = inodes.get(inode) ?? inodes.size;
        inodes.set(inode, number);
        return [folder, name, number, inode.mtimeMs, contentNumber(inode.content)].join();
      }),
    );
    return rows.join(';');
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
    this.#write(inode, 0, text);
    this.#sync(inode);
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
    this.#look();
    return [...this.#folder(path).now.keys()];
  }

  names(path: string): readonly string[] {
    return this.fileNames(path);
  }

  targetKind(path: string): PathKind | 'folder' {
    this.#look();
    if (this.#folders.has(path)) return 'folder';
    return this.#find(path) === undefined ? 'absent' : 'file';
  }

  folderFacts(path: string): FolderFacts | undefined {
    this.#look();
    return this.#folders.has(path) ? { mayHoldFolders: false } : undefined;
  }

  sizeBytes(path: string): number {
    this.#look();
    return this.#existing(path).content.length;
  }

  read(path: string): string {
    return this.readBytes(path).toString();
  }

  readBytes(path: string): Buffer {
    this.#look();
    return this.#existing(path).content;
  }

  async openFile(path: string, how: 'existing' | 'fresh'): Promise<OpenFile> {
    this.#step();
    const inode = how === 'existing' ? this.#existing(path) : this.#create(path);
    return {
      write: async (position, text) => this.#write(inode, position, text),
      datasync: async () => this.#sync(inode),
      truncate: async (lengthBytes) => {
        inode.content = this.#step(() => inode.content.subarray(0, lengthBytes));
        soil(inode, lengthBytes, lengthBytes);
      },
      close: async () => undefined,
    };
  }

  facts(path: string): FileFacts | undefined {
    this.#look();
    const inode = this.#find(path);
    return inode && { sizeBytes: inode.content.length, mtimeMs: inode.mtimeMs };
  }

  stage(path: string, text: string): FileFacts {
    const inode = this.#create(path);
    this.#write(inode, 0, text);
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
    this.#sync(this.#existing(path));
  }

  #look(): void {
    const trouble = this.#trouble;
    if (trouble.kind === 'error' && trouble.countsReads === true) this.#step();
  }

  #write(inode: Inode, position: number, text: string): void {
    soil(inode, position, position + Buffer.byteLength(text));
    inode.content = this.#step(
      () => overwritten(inode.content, position, text),
      () => overwritten(inode.content, position, text.slice(0, text.length / 2)),
      inode,
    );
  }

  #sync(inode: Inode): void {
    inode.synced = this.#step(() => inode.content);
    inode.dirty = undefined;
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
      soil(known, 0, 0);
      return known;
    }
    const inode = { content: Buffer.of(), synced: Buffer.of(), dirty: undefined, mtimeMs: ++this.#timeMs };
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

const numbers = { byBuffer: new WeakMap<Buffer, number>(), byText: new Map<string, number>() };

/** Equal for equal contents. Copies of a disk share their buffers, so that most are looked at once. */
function contentNumber(content: Buffer): number {
  const { byBuffer, byText } = numbers;
  const known = byBuffer.get(content);
  if (known !== undefined) return known;
  const text = content.toString('latin1');
  const number = byText.get(text) ?? byText.size;
  byText.set(text, number);
  byBuffer.set(content, number);
  return number;
}

/** A disk writes in any order, but only where it was told to: what was certain around it stays. */
function survivingContent({ content, synced, dirty }: Inode, luck: Luck): Buffer {
  if (dirty === undefined) return synced;
  const to = Math.min(dirty.to, content.length);
  const from = Math.min(dirty.from, to);
  const middle = from + Math.ceil((to - from) / 2);
  switch (luck.content) {
    case 'none':
      return synced;
    case 'all':
      return content;
    case 'half':
      return Buffer.concat([content.subarray(0, middle), synced.subarray(middle, content.length)]);
    case 'zeros':
      return Buffer.concat([content.subarray(0, from), Buffer.alloc(to - from), content.subarray(to)]);
  }
}

/** Not certain any more: the bytes from `from` up to `to`. */
function soil(inode: Inode, from: number, to: number): void {
  const { dirty } = inode;
  inode.dirty =
    dirty === undefined ? { from, to } : { from: Math.min(dirty.from, from), to: Math.max(dirty.to, to) };
}

function put(names: Folder, name: string, inode: Inode | undefined): void {
  if (inode === undefined) names.delete(name);
  else names.set(name, inode);
}

/** A gap before `position` reads as zeros; what lies behind the text stays. */
function overwritten(content: Buffer, position: number, text: string): Buffer {
  const bytes = Buffer.from(text);
  const gap = Buffer.alloc(Math.max(0, position - content.length));
  return Buffer.concat([
    content.subarray(0, position),
    gap,
    bytes,
    content.subarray(position + bytes.length),
  ]);
}

function absent(path: string): Error {
  return Object.assign(new Error(`ENOENT: there is no ${path}`), { code: 'ENOENT' });
}
