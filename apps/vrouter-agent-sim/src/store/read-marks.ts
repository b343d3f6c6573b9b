import { join } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import { pathOf, type Places } from './file-steps.ts';
import { isAbsent, type FileSystem } from './file-system.ts';
import { Marks, UnknownMarksFormat } from './marks.ts';
import { setAside } from './set-aside.ts';
import type { SetAside } from './store.ts';

export const MARKS = { folder: 'state', name: 'marks' } as const;

export interface ReadMarks {
  /** undefined: there were none that could be used. */
  readonly marks: Marks | undefined;
  readonly setAside: readonly SetAside[];
}

/**
 * Reads the marks that durability `file` keeps. Damaged ones are set aside; throws `StartError` for another version's,
 * and for those that the disk does not give: they may be good.
 */
export async function readMarks(files: FileSystem, places: Places): Promise<ReadMarks> {
  const path = pathOf(places, MARKS);
  try {
    return { marks: Marks.parse(readText(files, path)), setAside: [] };
  } catch (error) {
    if (isAbsent(error)) return { marks: undefined, setAside: [] };
    if (error instanceof StartError) throw error;
    const reason = (error as Error).message;
    if (error instanceof UnknownMarksFormat)
      throw new StartError('FOLDER_UNUSABLE', `${path} cannot be used: ${reason}`, { cause: error });
    // Without marks every port counts as seen: a port too many for a while is better than one too few.
    const folder = join(places.state, 'set-aside');
    return {
      marks: undefined,
      setAside: [await setAside(files, { path, name: MARKS.name, folder, reason })],
    };
  }
}

function readText(files: FileSystem, path: string): string {
  try {
    return files.read(path);
  } catch (error) {
    if (isAbsent(error)) throw error;
    const reason = (error as Error).message;
    throw new StartError(
      'FOLDER_UNUSABLE',
      `${path} cannot be read: ${reason}; mend the disk, or move the file away: then every port counts as seen`,
      { cause: error },
    );
  }
}
