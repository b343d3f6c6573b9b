import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { nodeFileSystem, type FileSystem, type OpenFile } from '../store/file-system.ts';

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
  syncFile: async () => undefined,
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
  folderFacts = (path: string) => unsynced.folderFacts(path);
  sizeBytes = (path: string) => unsynced.sizeBytes(path);
  read = (path: string) => unsynced.read(path);
  readBytes = (path: string) => unsynced.readBytes(path);
  facts = (path: string) => unsynced.facts(path);
  stage = (path: string, text: string) =>
    this.#callNow(
      () => unsynced.stage(path, text),
      () => unsynced.stage(path, firstHalf(text)),
    );
  publish = (from: string, to: string) => this.#callNow(() => unsynced.publish(from, to));
  discard = (path: string) => this.#callNow(() => unsynced.discard(path));
  syncFile = (path: string) => this.#call(() => unsynced.syncFile(path));
  openFile = (path: string, how: 'existing' | 'fresh') =>
    this.#call(
      async () => this.#faulty(await unsynced.openFile(path, how)),
      async () => (await unsynced.openFile(path, how)).close(), // the file is there, nothing in it
    );
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

  #faulty(file: OpenFile): OpenFile {
    return {
      write: (position, text) =>
        this.#call(
          () => file.write(position, text),
          () => file.write(position, firstHalf(text)),
        ),
      datasync: () => this.#call(async () => undefined),
      truncate: (length) => this.#call(() => file.truncate(length)),
      close: () => file.close(),
    };
  }

  async #call<R>(whole: () => Promise<R>, half: () => Promise<unknown> = async () => undefined): Promise<R> {
    if (!this.#isFailing()) return whole();
    if (this.#moment === 'after') await whole();
    if (this.#moment === 'during') await half();
    throw noSpace();
  }

  #callNow<R>(whole: () => R, half: () => unknown = () => undefined): R {
    if (!this.#isFailing()) return whole();
    if (this.#moment === 'after') whole();
    if (this.#moment === 'during') half();
    throw noSpace();
  }

  #isFailing(): boolean {
    this.#callCount += 1;
    if (this.#callCount < this.#firstFailing || this.#callCount > this.#lastFailing) return false;
    this.failedCount += 1;
    return true;
  }
}

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

function firstHalf(text: string): string {
  return text.slice(0, text.length / 2);
}
