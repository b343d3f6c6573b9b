import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { replaceFile } from './atomic-file.ts';
import { StartError } from './errors.ts';
import { makeFolders } from './make-folders.ts';

export interface FolderLock {
  release(): void;
}

/** A lock that nobody holds on to would be collected as garbage, and let go. */
const held = new Set<Database.Database>();

/**
 * Makes this process the only one that uses `folder` (created when missing). SQLite's exclusive lock is the
 * kernel's: it goes with the process, however that ends, so there are no stale locks to guess about.
 * Throws `StartError` FOLDER_LOCKED naming the holder, or FOLDER_UNUSABLE.
 */
export function lockFolder(folder: string, role: string): FolderLock {
  const holderFile = join(folder, 'holder.json');
  let database: Database.Database;
  try {
    makeFolders(folder);
    database = new Database(join(folder, 'lock.db'), { timeout: 0 });
  } catch (error) {
    throw unusable(folder, error);
  }
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    replaceFile(holderFile, JSON.stringify({ role, pid: process.pid, since: new Date().toISOString() }));
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw unusable(folder, error);
    throw new StartError(
      'FOLDER_LOCKED',
      `The state folder ${folder} is in use by ${holder(holderFile)}; two processes must not share it`,
    );
  }
  held.add(database);
  return {
    release() {
      if (!held.delete(database)) return;
      rmSync(holderFile, { force: true });
      database.close();
    },
  };
}

function unusable(folder: string, error: unknown): StartError {
  return new StartError(
    'FOLDER_UNUSABLE',
    `The state folder ${folder} cannot be used: ${(error as Error).message}`,
    { cause: error },
  );
}

function holder(file: string): string {
  try {
    const { role, pid, since } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return `${String(role)} with pid ${String(pid)} since ${String(since)}`;
  } catch {
    return 'another process';
  }
}
