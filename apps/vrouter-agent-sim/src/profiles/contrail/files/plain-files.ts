import { join } from 'node:path';
import type { Logger } from '@vrouter/service-kit';
import type { FileSystem } from '../../../store/file-system.ts';

export interface PlainFilesOptions {
  readonly files: FileSystem;
  readonly log: Logger;
  /** Whether the release looks at what became of a write. If not, a full disk leaves broken files behind. */
  readonly noticesShortWrites: boolean;
}

/** Files the way the real agent changes them: in place, without a second copy, and mostly not asking what came of it. */
export class PlainFiles {
  readonly #options: PlainFilesOptions;

  constructor(options: PlainFilesOptions) {
    this.#options = options;
  }

  /** Writes a file unless there is something of that name. Rejects when there is none then, or it is known to be bad. */
  async create(folder: string, name: string, text: string): Promise<void> {
    const { files, log, noticesShortWrites } = this.#options;
    const path = join(folder, checkedName(name));
    if (files.targetKind(path) !== 'absent') return;
    try {
      await files.write(path, text);
    } catch (error) {
      if (files.targetKind(path) === 'absent') throw error;
      if (noticesShortWrites) {
        await this.remove(folder, name);
        throw error;
      }
      log.warn({ err: error, path }, 'a file was not written whole; this release does not notice');
    }
  }

  /** Writes over a file. Failing is as good as success to the real agent. */
  async overwrite(folder: string, name: string, text: string): Promise<void> {
    const { files, log } = this.#options;
    const path = join(folder, checkedName(name));
    await files
      .write(path, text)
      .catch((error: unknown) => log.warn({ err: error, path }, 'a file was not written'));
  }

  /** Removes a file; anything else of that name stays. Failing is as good as success to the real agent. */
  async remove(folder: string, name: string): Promise<void> {
    const { files, log } = this.#options;
    const path = join(folder, checkedName(name));
    try {
      if (files.targetKind(path) === 'file') await files.unlink(path);
    } catch (error) {
      log.warn({ err: error, path }, 'a file was not removed');
    }
  }
}

/** Names come from clients: one that leads out of its folder counts as one that cannot be written. */
function checkedName(name: string): string {
  if (/[/\0]/.test(name) || name === '..' || name === '.') {
    throw new Error(`${JSON.stringify(name)} is no name of a file`);
  }
  return name;
}
