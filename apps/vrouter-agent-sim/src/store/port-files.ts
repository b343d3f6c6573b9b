import { join } from 'node:path';
import { formatPortFile } from '@vrouter/port-model';
import type { Change, PortEntry } from '../ports/model.ts';
import { pathOf, type FileStep, type Places } from './file-steps.ts';
import type { FileSystem } from './file-system.ts';
import { Marks, type MarksWrite } from './marks.ts';
import { MARKS, readMarks } from './read-marks.ts';
import { readPortFiles, type BadPortFile } from './read-ports.ts';
import { setAside } from './set-aside.ts';
import type { Loaded, PortStore, SetAside } from './store.ts';
import { FileTransactions } from './transaction.ts';

const SET_ASIDE = 'set-aside';

export interface PortFilesOptions {
  readonly files: FileSystem;
  readonly places: Places;
  /** Written into each file. */
  readonly author: string;
  readonly now: () => number;
}

/** Durability `file`: each port in its own file, written and synced before the answer; marks in a file of their own. */
export class PortFiles implements PortStore {
  readonly batchCommandsMax = 1;
  readonly #options: PortFilesOptions;
  readonly #transactions: FileTransactions;
  #marks = new Marks();

  constructor(options: PortFilesOptions) {
    this.#options = options;
    this.#transactions = new FileTransactions(options.files, options.places);
  }

  async load(): Promise<Loaded> {
    const { files, places } = this.#options;
    await this.#transactions.recover();
    const aside: SetAside[] = [...(await this.#readMarks())];
    const ports: PortEntry[] = [];
    for (const file of readPortFiles(files, places.ports)) {
      if (file.ok) {
        const { port, linkState } = file;
        ports.push({ port, linkState, generation: this.#marks.generationOf(port.id) });
      } else {
        aside.push(await this.#setAside(file));
      }
    }
    return { ports, generation: this.#marks.generation, pending: this.#marks.pending, setAside: aside };
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const steps = changes.flatMap((change) => this.#stepOf(change));
    const write = this.#marks.writeFor(changes);
    if (write !== undefined) steps.push(this.#marksStep(write));
    await this.#transactions.run(steps);
    if (write !== undefined) this.#marks.written(write);
  }

  #stepOf(change: Change): FileStep[] {
    const { author, now } = this.#options;
    if (change.kind === 'remove') return [{ kind: 'remove', folder: 'ports', name: change.id }];
    if (change.kind !== 'save') return [];
    const text = formatPortFile(change.port, change.linkState, { author, timeMs: now() });
    return [{ kind: 'replace', folder: 'ports', name: change.port.id, text }];
  }

  #marksStep({ kind, text }: MarksWrite): FileStep {
    return kind === 'replace'
      ? { ...MARKS, kind, text }
      : { ...MARKS, kind, lengthBytes: this.#marks.lengthBytes, text };
  }

  async #readMarks(): Promise<readonly SetAside[]> {
    const { files, places } = this.#options;
    const { marks, setAside } = await readMarks(files, places);
    if (marks === undefined) return setAside;
    this.#marks = marks;
    await files.truncate(pathOf(places, MARKS), marks.lengthBytes);
    return setAside;
  }

  async #setAside({ name, reason, isUnreadable }: BadPortFile): Promise<SetAside> {
    if (isUnreadable) return { name, reason, path: undefined };
    const { files, places } = this.#options;
    const folder = join(places.state, SET_ASIDE);
    return setAside(files, { path: join(places.ports, name), name, folder, reason });
  }
}
