import { existsSync, globSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian, and others, put it. */
const LIBRARIES = ['/usr/lib/*/faketime/libfaketime.so.1', '/usr/lib64/faketime/libfaketime.so.1'];

/** libfaketime, which lets a process see another time of day; undefined where it is not installed. */
export function wallClockLibrary(): string | undefined {
  return LIBRARIES.flatMap((pattern) => globSync(pattern)).find((file) => existsSync(file));
}

/** The clocks of the machines that processes run on, one each: they can be set, and no timer is the wiser. */
export class WallClocks {
  readonly #folder: string;
  readonly #library: string | undefined;

  constructor(folder: string, library: string | undefined) {
    this.#folder = folder;
    this.#library = library;
  }

  /** What the process of that name needs in its environment. */
  envOf(name: string): Readonly<Record<string, string>> {
    if (this.#library === undefined) return {};
    this.set(name, 0);
    return {
      LD_PRELOAD: this.#library,
      FAKETIME_TIMESTAMP_FILE: this.#fileOf(name),
      FAKETIME_CACHE_DURATION: '1', // seconds until a new time is noticed
      FAKETIME_DONT_FAKE_MONOTONIC: '1', // as on a real machine
      NO_FAKE_STAT: '1', // times of files are those of the real clock
    };
  }

  /** Sets the clock of that process to now and so many seconds. */
  set(name: string, seconds: number): void {
    const file = this.#fileOf(name);
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${file}.new`, file);
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${name}.clock`);
  }
}
