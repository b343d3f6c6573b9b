import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import type { FileSystem } from '../store/file-system.ts';
import { PortFiles } from '../store/port-files.ts';

/** A state folder of its own for a test of the store. Port files written in it carry no time, so they compare. */
export class StoreFolder {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly portsPath = join(this.path, 'ports');
  readonly temporaryPath = join(this.path, 'tmp');

  constructor() {
    mkdirSync(this.portsPath);
    mkdirSync(this.temporaryPath);
  }

  /** A store as after a start; the one before counts as dead. */
  open(files: FileSystem): PortFiles {
    const places = { ports: this.portsPath, state: this.path, temporary: this.temporaryPath };
    return new PortFiles({ files, places, author: 'test', now: () => 0 });
  }

  /** Name to content of everything in the ports folder. */
  portFiles(): Record<string, string> {
    const names = readdirSync(this.portsPath).sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(this.portsPath, name), 'utf8')]));
  }

  temporaryNames(): string[] {
    return readdirSync(this.temporaryPath);
  }

  remove(): void {
    this.#folder.remove();
  }
}
