import { realpathSync } from 'node:fs';
import { lockFolder, makeFolders, StartError, type FolderLock } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { lockOfPorts, ROLE } from '../store/folders.ts';

/**
 * Makes this process the only user of the folders that those of many agents lie in: another process could begin there
 * as one agent, or as a fleet, whose own folders nobody has locked. Throws `StartError`.
 */
export function lockRoots({ stateDir, portsDir }: Pick<Config, 'stateDir' | 'portsDir'>): FolderLock {
  const locks: FolderLock[] = [];
  const release = (): void => locks.forEach((lock) => lock.release());
  try {
    locks.push(lockFolder(stateDir, ROLE));
    if (portsDir !== undefined) locks.push(lockFolder(lockOfPorts(made(portsDir)), ROLE));
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}

/** The true path of `folder`, which is there now. */
function made(folder: string): string {
  try {
    makeFolders(folder);
    return realpathSync(folder);
  } catch (error) {
    const { message } = error as Error;
    throw new StartError('FOLDER_UNUSABLE', `Cannot use ${folder}: ${message}`, { cause: error });
  }
}
