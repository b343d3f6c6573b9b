import { join } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import type { Places } from '../file-steps.ts';
import { isAbsent, type FileSystem } from '../file-system.ts';
import { Marks, UnknownMarksFormat } from '../marks.ts';
import { setAside } from '../set-aside.ts';
import type { SetAside } from '../store.ts';
import type { FileIndex } from './file-index.ts';

/** Takes over the marks that durability `file` left in a file of their own. */
export async function adoptMarks(
  files: FileSystem,
  places: Places,
  index: FileIndex,
): Promise<readonly SetAside[]> {
  const path = pathOf(places);
  try {
    index.marks = Marks.parse(files.read(path));
    return [];
  } catch (error) {
    if (isAbsent(error)) return [];
    const reason = (error as Error).message;
    if (error instanceof UnknownMarksFormat)
      throw new StartError('FOLDER_UNUSABLE', `${path} cannot be used: ${reason}`, { cause: error });
    return [await setAside(files, { path, name: 'marks', folder: join(places.state, 'set-aside'), reason })];
  }
}

/** The journal has them now. */
export async function discardMarks(files: FileSystem, places: Places): Promise<void> {
  await files.unlink(pathOf(places)).catch((error: unknown) => {
    if (!isAbsent(error)) throw error;
  });
}

function pathOf({ state }: Places): string {
  return join(state, 'marks');
}
