import { join } from 'node:path';
import { formatPortFile } from '@vrouter/port-model';
import type { Clock } from '@vrouter/service-kit';
import type { Places } from '../file-steps.ts';
import { isAbsent, type FileFacts, type FileSystem } from '../file-system.ts';
import type { FileEntry } from './file-entry.ts';
import { inParallel } from './in-parallel.ts';
import type { Pace } from '../../pace.ts';
import type { Settled } from './record.ts';

/** Requests wait no longer than this for files to be written. */
export const SLICE_MS_MAX = 4;
const RETRY_MS = 250;
const LOOK_MS = 1;
/** A file system puts syncs that wait together on disk together. */
const SYNCS_AT_ONCE = 16;
/** A disk that refused so many files in a row will refuse the others too. */
const FAILURES_IN_A_ROW_MAX = 8;

export interface WriteBehindOptions {
  readonly files: FileSystem;
  readonly places: Places;
  readonly author: string;
  /** Milliseconds since 1970, written into each file. */
  readonly now: () => number;
  readonly clock: Clock;
  readonly pace: Pace;
  /** What the file of a port must be now. */
  readonly entryOf: (id: string) => FileEntry | undefined;
  /** Lets others run. */
  readonly pause: () => Promise<void>;
  /** Called when all files are written that can be. */
  readonly onIdle: () => void;
}

/** Content of port files that waits beside their folder. */
export interface Staged {
  readonly id: string;
  readonly path: string;
  readonly facts: FileFacts;
}

/** Brings port files to where the journal is already. Knows ports by id, and takes the newest content when their turn comes. */
export class WriteBehind {
  readonly #options: WriteBehindOptions;
  /** To be written, oldest first. */
  readonly #waiting = new Set<string>();
  /** Written as these entries say, but not on disk yet. */
  readonly #unsynced = new Map<
    string,
    { readonly entry: FileEntry; readonly facts: FileFacts | undefined }
  >();
  #stagedCount = 0;
  #failure: { readonly error: Error; readonly ids: Set<string> } | undefined;
  #cancelRetry: (() => void) | undefined;
  #isRunning = false;
  #endMs = Infinity;
  #run: Promise<void> = Promise.resolve();

  constructor(options: WriteBehindOptions) {
    this.#options = options;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** The last failure that nothing has made good yet. */
  get failure(): { readonly error: Error; readonly count: number } | undefined {
    return this.#failure && { error: this.#failure.error, count: this.#failure.ids.size };
  }

  /** Writes what `id` will be, out of sight. Throws what the disk says, most of all that it is full. */
  stage(id: string, saved: NonNullable<FileEntry['saved']>): Staged {
    const { files, places, author, now } = this.#options;
    const path = join(places.temporary, `${++this.#stagedCount}.port`);
    const text = formatPortFile(saved.port, saved.linkState, { author, timeMs: now() });
    try {
      return { id, path, facts: files.stage(path, text) };
    } catch (error) {
      this.unstage({ path });
      throw error;
    }
  }

  /** Best effort: what stays is removed at the next start. */
  unstage({ path }: Pick<Staged, 'path'>): void {
    try {
      this.#options.files.discard(path);
    } catch {
      // see above
    }
  }

  /** These files are as they must be, but maybe not on disk for certain. */
  adopt(written: ReadonlyMap<string, FileFacts>): void {
    for (const [id, facts] of written) {
      const entry = this.#options.entryOf(id);
      if (entry !== undefined) this.#unsynced.set(id, { entry, facts });
    }
  }

  /** The files of `ids` are to change, some time soon. */
  add(ids: readonly string[]): void {
    for (const id of ids) this.#waiting.add(id);
    this.#start();
  }

  /** The files of `ids` change now, as far as the disk lets them; those that are `staged` were written before. */
  addNow(ids: readonly string[], staged: ReadonlyMap<string, Staged>): void {
    for (const id of ids) {
      const one = staged.get(id);
      this.#attempt(id, one === undefined ? () => this.#write(id) : () => this.#publish(one));
    }
    this.#start();
  }

  /** Resolves when every file was tried at least once, or soon after `endMs` of the pace. */
  async drain(endMs = Infinity): Promise<void> {
    this.#endMs = endMs;
    this.#start();
    await this.#run;
  }

  /** Resolves when every file that waits now was tried at least once, however many come after them. */
  async caughtUp(): Promise<void> {
    if (this.#waiting.size > 0) this.#start();
    const before = Array.from(this.#waiting); // what is added later is not waited for
    for (const id of before)
      while (this.#isRunning && this.#waiting.has(id)) await this.#options.pace.wait(LOOK_MS);
  }

  /** Has on disk what was written, and tells what is certain now. Rejects when the disk cannot tell. */
  async settle(isWanted: () => boolean): Promise<Map<FileEntry, Settled>> {
    const { files, places, entryOf } = this.#options;
    const certain = new Map<FileEntry, Settled>();
    const batch = [...this.#unsynced];
    const isDone = await inParallel(batch, SYNCS_AT_ONCE, isWanted, async ([id, { facts }]) => {
      if (facts !== undefined) await files.syncFile(join(places.ports, id)).catch(unlessAbsent);
    });
    if (!isDone) return certain;
    if (batch.length > 0) await files.syncFolder(places.ports);
    for (const [id, { entry, facts }] of batch) {
      if (this.#unsynced.get(id)?.entry === entry) this.#unsynced.delete(id);
      if (entryOf(id) !== entry) continue;
      certain.set(entry, facts === undefined ? [id] : [id, facts.sizeBytes, facts.mtimeMs]);
    }
    return certain;
  }

  get hasUnsynced(): boolean {
    return this.#unsynced.size > 0;
  }

  stop(): void {
    this.#cancelRetry?.();
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#run = this.#writeAll(); // it never rejects, and `drain` waits for it
  }

  async #writeAll(): Promise<void> {
    let inRow = 0;
    const tried = new Set<string>();
    let sliceEndMs = 0;
    for (const id of this.#waiting) {
      if (this.#options.pace.nowMs() > sliceEndMs) {
        await this.#options.pause();
        if (this.#options.pace.nowMs() > this.#endMs) break;
        sliceEndMs = this.#options.pace.nowMs() + SLICE_MS_MAX;
      }
      // A set goes on to what was added meanwhile, and so to what failed and was put at its end.
      if (tried.has(id)) break;
      if (this.#attempt(id, () => this.#write(id))) {
        inRow = 0;
        continue;
      }
      tried.add(id);
      if (++inRow >= FAILURES_IN_A_ROW_MAX) break;
    }
    this.#isRunning = false;
    if (this.#waiting.size > 0) this.#retryLater();
    else this.#options.onIdle();
  }

  #attempt(id: string, write: () => void): boolean {
    try {
      write();
    } catch (error) {
      const ids = this.#failure?.ids ?? new Set();
      this.#failure = { error: error as Error, ids: ids.add(id) };
      this.#waiting.delete(id);
      this.#waiting.add(id);
      return false;
    }
    this.#waiting.delete(id);
    this.#failure?.ids.delete(id);
    if (this.#failure?.ids.size === 0) this.#failure = undefined;
    return true;
  }

  #write(id: string): void {
    const entry = this.#options.entryOf(id);
    if (entry === undefined) return;
    const { saved } = entry;
    if (saved === undefined) this.#remove(id, entry);
    else this.#publish(this.stage(id, saved));
  }

  #publish(staged: Staged): void {
    const { files, places, entryOf } = this.#options;
    try {
      files.publish(staged.path, join(places.ports, staged.id));
    } catch (error) {
      this.unstage(staged);
      throw error;
    }
    const entry = entryOf(staged.id);
    if (entry !== undefined) this.#unsynced.set(staged.id, { entry, facts: staged.facts });
  }

  #remove(id: string, entry: FileEntry): void {
    const { files, places } = this.#options;
    const path = join(places.ports, id);
    if (files.facts(path) !== undefined) files.discard(path); // a folder of that name is somebody else's
    this.#unsynced.set(id, { entry, facts: undefined });
  }

  #retryLater(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#options.clock.schedule(RETRY_MS, () => this.#start());
  }
}

function unlessAbsent(error: unknown): void {
  if (!isAbsent(error)) throw error;
}
