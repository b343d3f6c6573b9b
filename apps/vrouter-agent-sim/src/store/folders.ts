import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { lockFolder, StartError, type FolderLock } from '@vrouter/service-kit';
import type { Places } from './file-steps.ts';
import { isAbsent, type FileSystem } from './file-system.ts';

/** How the holder of a lock is called. */
export const ROLE = 'vrouter-agent-sim';

export interface Folders {
  readonly places: Places;
  release(): void;
}

/**
 * Creates the folders of an agent where missing, and makes this process their only user. Nothing but ports may
 * appear in the ports folder, so its lock lies beside it. Throws `StartError`.
 */
export async function openFolders(
  files: FileSystem,
  { stateDir, portsDir }: { readonly stateDir: string; readonly portsDir: string },
): Promise<Folders> {
  const locks: FolderLock[] = [];
  const release = (): void => locks.forEach((lock) => lock.release());
  try {
    locks.push(lockFolder(stateDir, ROLE));
    await files.makeFolder(portsDir);
    const state = realpathSync(stateDir);
    const ports = realpathSync(portsDir);
    if (!relative(ports, state).startsWith('..')) {
      throw new StartError(
        'BAD_CONFIG',
        `The state folder ${state} must not lie in the ports folder ${ports}`,
      );
    }
    locks.push(lockFolder(lockOfPorts(ports), ROLE));
    const temporary = await temporaryFolder(files, ports, [join(state, 'tmp'), beside(ports, 'tmp')]);
    return { places: { ports, state, temporary }, release };
  } catch (error) {
    release();
    if (error instanceof StartError) throw error;
    throw new StartError(
      'FOLDER_UNUSABLE',
      `Cannot use ${stateDir} and ${portsDir}: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** Where the lock of a ports folder, given by its true path, lies. */
export function lockOfPorts(ports: string): string {
  return beside(ports, 'lock');
}

/** `/x/ports` to `/x/.ports.tmp`. */
function beside(folder: string, suffix: string): string {
  return join(dirname(folder), `.${basename(folder)}.${suffix}`);
}

/** The first of `candidates` from which files can be renamed into `ports`. */
async function temporaryFolder(
  files: FileSystem,
  ports: string,
  candidates: readonly string[],
): Promise<string> {
  for (const folder of candidates) {
    await files.makeFolder(folder);
    if (await canRename(files, folder, ports)) return folder;
  }
  throw new StartError(
    'FOLDER_UNUSABLE',
    `Port files are written elsewhere and renamed, but neither ${candidates.join(' nor ')} is on the file system of ` +
      `the ports folder ${ports}; put --state-dir on that file system, or mount the folder above`,
  );
}

/** Renaming what is not there answers EXDEV across file systems and bind mounts, and leaves no trace. */
async function canRename(files: FileSystem, from: string, to: string): Promise<boolean> {
  const name = '.probe';
  try {
    await files.rename(join(from, name), join(to, name));
  } catch (error) {
    if ((error as { code?: string }).code === 'EXDEV') return false;
    if (!isAbsent(error)) throw error;
  }
  return true;
}
