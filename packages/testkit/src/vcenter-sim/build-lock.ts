import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { VcenterSimError } from './errors.ts';

const RETRY_MS = 50;

/**
 * Runs `action` while no other process runs one under the same `lock` file: test files run side by side, and two
 * compilers at once take twice as long. SQLite's exclusive lock is the kernel's: it goes with the process that held
 * it, however that ended, so there are no stale locks to guess about.
 */
export async function withBuildLock(
  lock: string,
  timeMsMax: number,
  action: () => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + timeMsMax;
  const database = new Database(lock, { timeout: 0 });
  try {
    while (!isTaken(database)) {
      if (Date.now() > deadline) throw new VcenterSimError('NOT_BUILT', `${lock} was held for too long`);
      await delay(RETRY_MS);
    }
    await action();
  } finally {
    database.close();
  }
}

function isTaken(database: Database.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
