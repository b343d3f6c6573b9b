import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import type { SetAside } from './store.ts';

const COPIES_MAX = 1000;

export interface SettingAside {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly reason: string;
  /** `copy`: the file also stays where it is. */
  readonly how?: 'move' | 'copy' | undefined;
}

/**
 * Moves a file that cannot be used to `folder`, with the reason beside it. A file that cannot even be moved is
 * reported all the same: nothing may keep the others from being served.
 */
export async function setAside(
  files: FileSystem,
  { path, name, folder, reason, how = 'move' }: SettingAside,
): Promise<SetAside> {
  try {
    await files.makeFolder(folder);
    const target = await freePath(files, join(folder, name));
    await (how === 'copy' ? files.link(path, target) : move(files, path, target));
    await files.write(`${target}.reason`, `${reason}\n`);
    return { name, reason, path: target };
  } catch (error) {
    return {
      name,
      reason: `${reason}; and it cannot be moved: ${(error as Error).message}`,
      path: undefined,
    };
  }
}

/** Files of earlier starts are kept. */
async function freePath(files: FileSystem, path: string): Promise<string> {
  for (let number = 1; number <= COPIES_MAX; number += 1) {
    const candidate = number === 1 ? path : `${path}.${number}`;
    if ((await files.kindOf(candidate)) === 'absent') return candidate;
  }
  throw new Error(`${COPIES_MAX} files named ${path} are set aside already`);
}

async function move(files: FileSystem, from: string, to: string): Promise<void> {
  try {
    await files.rename(from, to);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EXDEV') throw error;
    await files.write(to, files.read(from));
    await files.unlink(from);
  }
}
