import { join } from 'node:path';
import { pathOf, type FileStep, type Places, type UndoStep } from './file-steps.ts';
import type { FileSystem } from './file-system.ts';
import { syncFolders, UndoLog } from './undo-log.ts';

/** A step that is ready to run, and the way back. `fresh` and `backup` are paths in the temporary folder. */
interface Prepared {
  readonly step: FileStep;
  readonly undo: UndoStep;
  readonly fresh?: string;
  readonly backup?: string;
}

/**
 * Changes several files so that all of them change or none, whether a call fails or the process dies. New content is
 * written beside the folders first, since that is where a full disk shows; old content stays reachable through a
 * hard link, so that taking back needs no space.
 */
export class FileTransactions {
  readonly #files: FileSystem;
  readonly #places: Places;
  readonly #undoLog: UndoLog;
  #count = 0;
  /** Of a transaction that failed and could not be taken back either. */
  #unfinished: readonly UndoStep[] = [];

  constructor(files: FileSystem, places: Places) {
    this.#files = files;
    this.#places = places;
    this.#undoLog = new UndoLog(files, places);
  }

  /** Takes back what a crash left half done, and empties the temporary folder. Call it once, first. */
  async recover(): Promise<void> {
    await this.#undoLog.takeBack(this.#undoLog.read());
    for (const name of this.#files.fileNames(this.#places.temporary)) {
      await this.#files.unlink(join(this.#places.temporary, name));
    }
  }

  /** Carries out all `steps`, durably, or rejects and has changed nothing. */
  async run(steps: readonly FileStep[]): Promise<void> {
    // What failed before comes first, or the two would mix.
    await this.#undoLog.takeBack(this.#unfinished);
    this.#unfinished = [];
    const prepared: Prepared[] = [];
    try {
      for (const step of steps) await this.#prepare(step, (one) => prepared.push(one));
      await this.#perform(prepared);
    } catch (error) {
      await this.#fail(prepared);
      throw error;
    }
    await this.#discard(prepared.flatMap(({ undo, backup }) => (undo.kind === 'restore' ? [backup] : [])));
  }

  /** Hands over each piece as soon as it exists, so that a failure knows what to clean up. */
  async #prepare(step: FileStep, keep: (prepared: Prepared) => void): Promise<void> {
    const { folder, name } = step;
    if (step.kind === 'append') {
      keep({ step, undo: { kind: 'cut', folder, name, lengthBytes: step.lengthBytes } });
      return;
    }
    const path = pathOf(this.#places, step);
    const kind = await this.#files.kindOf(path);
    if (step.kind === 'remove' && kind !== 'file') return;
    if (kind === 'other') throw new Error(`${path} is in the way: it is not a regular file`);

    const number = ++this.#count;
    const fresh = this.#temporary(`${number}.new`);
    const backup = this.#temporary(`${number}.old`);
    const restore: UndoStep = { kind: 'restore', folder, name, backup: `${number}.old` };
    if (step.kind === 'remove') {
      keep({ step, undo: restore, backup });
      // Not renamed away later: the backup has to be on disk with the undo log, or a power cut could leave neither.
      await this.#files.link(path, backup);
      return;
    }
    keep({ step, undo: kind === 'file' ? restore : { kind: 'discard', folder, name }, fresh, backup });
    await this.#files.write(fresh, step.text);
    if (kind === 'file') await this.#files.link(path, backup);
  }

  async #perform(prepared: readonly Prepared[]): Promise<void> {
    const undo = prepared.map((one) => one.undo);
    // One file changes whole by itself. A mark that a crash parts from its port does no harm: nobody got an answer.
    const needsLog = undo.filter((step) => step.kind !== 'cut').length > 1;
    if (needsLog) await this.#undoLog.write(undo);
    for (const one of prepared) await this.#performOne(one);
    await syncFolders(this.#files, this.#places, undo);
    if (needsLog) await this.#undoLog.remove();
  }

  async #performOne({ step, fresh = '' }: Prepared): Promise<void> {
    const path = pathOf(this.#places, step);
    switch (step.kind) {
      case 'replace':
        return this.#files.rename(fresh, path);
      case 'remove':
        return this.#files.unlink(path);
      case 'append':
        return this.#files.writeAt(path, step.lengthBytes, step.text);
    }
  }

  async #fail(prepared: readonly Prepared[]): Promise<void> {
    const undo = prepared.map((one) => one.undo);
    try {
      await this.#undoLog.takeBack(undo);
      await this.#discard(prepared.flatMap(({ fresh, backup }) => [fresh, backup]));
    } catch {
      this.#unfinished = undo; // tried again before the next transaction, or at the next start
    }
  }

  /** Best effort: what stays is removed at the next start, and no later name is the same. */
  async #discard(paths: readonly (string | undefined)[]): Promise<void> {
    for (const path of paths) if (path !== undefined) await this.#files.unlink(path).catch(() => undefined);
  }

  #temporary(name: string): string {
    return join(this.#places.temporary, name);
  }
}
