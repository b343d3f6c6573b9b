import { join } from 'node:path';
import type { Change } from '../../../ports/model.ts';
import type { StoreParts } from '../../store-parts.ts';
import type { Loaded, PortStore } from '../../../store/store.ts';
import type { PortFileFormat } from './format.ts';
import { PlainFiles } from './plain-files.ts';

export const VM_FOLDER = 'vm';

export interface PlainPortFilesOptions {
  readonly format: PortFileFormat;
  readonly noticesShortWrites: boolean;
  readonly hasVmFolder: boolean;
}

/**
 * The real agent's store: a file per port, nothing more. Generations and sweeps to come do not outlive the process,
 * and the ports are read only once the API is open.
 */
export class PlainPortFiles implements PortStore {
  /** An add writes only where no file is, which two adds in one batch would not see of each other. */
  readonly batchCommandsMax = 1;
  readonly #parts: StoreParts;
  readonly #options: PlainPortFilesOptions;
  readonly #plain: PlainFiles;

  constructor(parts: StoreParts, options: PlainPortFilesOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#plain = new PlainFiles({ ...parts, ...options });
  }

  async load(): Promise<Loaded> {
    const { files, places } = this.#parts;
    if (this.#options.hasVmFolder) await files.makeFolder(join(places.ports, VM_FOLDER));
    return { ports: [], generation: 0, pending: [], setAside: [] };
  }

  /** Rejects only when the real agent would not take the port into its table. */
  async apply(changes: readonly Change[]): Promise<void> {
    for (const change of changes) await this.#apply(change);
  }

  async #apply(change: Change): Promise<void> {
    const { places, author, now } = this.#parts;
    const { format } = this.#options;
    if (change.kind === 'remove') await this.#plain.remove(places.ports, change.id);
    if (change.kind !== 'save') return;
    const name = format.name(change.port);
    const text = format.text(change.port, change.linkState, { author, timeMs: now() });
    if (change.ifAbsent === true) await this.#plain.create(places.ports, name, text);
    else await this.#plain.overwrite(places.ports, name, text);
  }
}
