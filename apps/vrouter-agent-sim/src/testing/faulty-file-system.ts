import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { nodeFileSystem, type FileSystem } from '../store/file-system.ts';

/**
 * `before`: the call fails and did nothing. `during`: it wrote one half. `after`: it did its work, then reports
 * failure.
 */
export type FaultMoment = 'before' | 'during' | 'after';

/** Without waiting for the disk: processes die in these tests, machines do not. */
const unsynced: FileSystem = {
  ...nodeFileSystem,
  write: async (path, text) => writeFileSync(path, text),
  writeAt: async (path, position, text) => {
    const file = openSync(path, 'r+');
    writeSync(file, text, position);
    closeSync(file);
  },
  truncate: async (path, length) => truncateSync(path, length),
  syncFolder: async () => undefined,
};

/** A real file system whose changing calls fail on demand. */
export class FaultyFileSystem implements FileSystem {
  /** Since the last `failFrom`. */
  failedCount = 0;
  #callCount = 0;
  #firstFailing = Infinity;
  #lastFailing = Infinity;
  #moment: FaultMoment = 'before';

  /** The `nth` call from now on fails, and so do those after it, `count` in all. */
  failFrom(
    nth: number,
    { count = 1, moment = 'before' }: { count?: number; moment?: FaultMoment } = {},
  ): void {
    this.#callCount = 0;
    this.failedCount = 0;
    this.#firstFailing = nth;
    this.#lastFailing = nth + count - 1;
    this.#moment = moment;
  }

  heal(): void {
    this.failFrom(Infinity);
  }

  fileNames = (path: string) => unsynced.fileNames(path);
  names = (path: string) => unsynced.names(path);
  targetKind = (path: string) => unsynced.targetKind(path);
  sizeBytes = (path: string) => unsynced.sizeBytes(path);
  read = (path: string) => unsynced.read(path);
  makeFolder = (path: string) => this.#call(() => unsynced.makeFolder(path));
  kindOf = (path: string) => this.#call(() => unsynced.kindOf(path));
  truncate = (path: string, length: number) => this.#call(() => unsynced.truncate(path, length));
  link = (from: string, to: string) => this.#call(() => unsynced.link(from, to));
  rename = (from: string, to: string) => this.#call(() => unsynced.rename(from, to));
  unlink = (path: string) => this.#call(() => unsynced.unlink(path));
  syncFolder = (path: string) => this.#call(() => unsynced.syncFolder(path));
  write = (path: string, text: string) =>
    this.#call(
      () => unsynced.write(path, text),
      () => unsynced.write(path, firstHalf(text)),
    );
  writeAt = (path: string, position: number, text: string) =>
    this.#call(
      () => unsynced.writeAt(path, position, text),
      () => unsynced.writeAt(path, position, firstHalf(text)),
    );

  async #call<R>(whole: () => Promise<R>, half: () => Promise<unknown> = async () => undefined): Promise<R> {
    this.#callCount += 1;
    if (this.#callCount < this.#firstFailing || this.#callCount > this.#lastFailing) return whole();
    this.failedCount += 1;
    if (this.#moment === 'after') await whole();
    if (this.#moment === 'during') await half();
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }
}

function firstHalf(text: string): string {
  return text.slice(0, text.length / 2);
}
