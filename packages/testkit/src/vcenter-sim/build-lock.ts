import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { VcenterSimError } from './errors.ts';

/**
 * Runs `action` while no other process runs one under the same `lock` folder: test files run side by side, and two
 * compilers at once take twice as long. A lock whose holder died is taken over.
 */
export async function withBuildLock(
  lock: string,
  timeMsMax: number,
  action: () => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + timeMsMax;
  while (!(await take(lock))) {
    if (Date.now() > deadline) throw new VcenterSimError('NOT_BUILT', `${lock} was held for too long`);
    if (!(await holderLives(lock))) await rm(lock, { recursive: true, force: true });
    else await delay(50);
  }
  try {
    await action();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(lock, 'pid'), String(process.pid));
  return true;
}

/** A lock without a pid was made this very moment, or its maker died in that moment. */
async function holderLives(lock: string): Promise<boolean> {
  const pid = await readFile(join(lock, 'pid'), 'utf8').catch(() => undefined);
  if (pid === undefined || pid === '') {
    await delay(50);
    return (await readFile(join(lock, 'pid'), 'utf8').catch(() => '')) !== '';
  }
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
