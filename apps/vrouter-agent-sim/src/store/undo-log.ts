import { join } from 'node:path';
import { pathOf, type Places, type UndoStep } from './file-steps.ts';
import { isAbsent, type FileSystem } from './file-system.ts';

const FILE_NAME = 'undo.json';

/** How to take a transaction back. While its file exists, the transaction did not happen. */
export class UndoLog {
  readonly #files: FileSystem;
  readonly #places: Places;

  constructor(files: FileSystem, places: Places) {
    this.#files = files;
    this.#places = places;
  }

  /** From here on, a crash takes the transaction back. */
  async write(steps: readonly UndoStep[]): Promise<void> {
    await this.#files.write(this.#path, JSON.stringify(steps));
    await this.#files.syncFolder(this.#places.temporary);
  }

  /** The transaction happened, or is taken back. */
  async remove(): Promise<void> {
    await unlessAbsent(this.#files.unlink(this.#path));
    await this.#files.syncFolder(this.#places.temporary);
  }

  /** The steps that a crash left, if any. */
  read(): readonly UndoStep[] {
    try {
      return JSON.parse(this.#files.read(this.#path)) as UndoStep[];
    } catch (error) {
      // Torn: the crash came while it was written, before anything had happened.
      if (isAbsent(error) || error instanceof SyntaxError) return [];
      throw error;
    }
  }

  /** Takes `steps` back, durably. May be repeated after it rejected. */
  async takeBack(steps: readonly UndoStep[]): Promise<void> {
    if (steps.length === 0) return;
    for (const step of steps) await unlessAbsent(this.#takeBackOne(step));
    await syncFolders(this.#files, this.#places, steps);
    await this.remove();
  }

  #takeBackOne(step: UndoStep): Promise<void> {
    const path = pathOf(this.#places, step);
    switch (step.kind) {
      case 'restore':
        return this.#files.rename(join(this.#places.temporary, step.backup), path);
      case 'discard':
        return this.#files.unlink(path);
      case 'cut':
        return this.#files.truncate(path, step.lengthBytes);
    }
  }

  get #path(): string {
    return join(this.#places.temporary, FILE_NAME);
  }
}

/** Makes the renames and removals of `steps` durable. */
export async function syncFolders(
  files: FileSystem,
  places: Places,
  steps: readonly UndoStep[],
): Promise<void> {
  const folders = new Set(steps.flatMap((step) => (step.kind === 'cut' ? [] : [places[step.folder]])));
  for (const folder of folders) await files.syncFolder(folder);
}

async function unlessAbsent(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
