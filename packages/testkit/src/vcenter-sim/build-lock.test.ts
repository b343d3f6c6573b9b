import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { withBuildLock } from './build-lock.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync('/bin/true').pid;
}

test('a lock that is held for too long is an error', async () => {
  const lock = join(folder.path, 'held');
  mkdirSync(lock);
  writeFileSync(join(lock, 'pid'), String(process.pid));
  await expect(withBuildLock(lock, 0, async () => undefined)).rejects.toThrow(/held for too long/);
});

test('an action that fails frees the lock', async () => {
  const lock = join(folder.path, 'failing');
  await expect(withBuildLock(lock, 1_000, () => Promise.reject(new Error('no compiler')))).rejects.toThrow(
    'no compiler',
  );
  expect(existsSync(lock)).toBe(false);
});

test.each([
  ['that died', () => String(deadPid())],
  ['that died before it said who it was', () => undefined],
])('a lock of a holder %s is taken over', async (what, pid) => {
  const lock = join(folder.path, `dead ${what}`);
  mkdirSync(lock);
  const text = pid();
  if (text !== undefined) writeFileSync(join(lock, 'pid'), text);
  let done = false;
  await withBuildLock(lock, 10_000, async () => {
    done = true;
  });
  expect(done).toBe(true);
});

test('no two actions run at once', async () => {
  const lock = join(folder.path, 'busy');
  let running = 0;
  let most = 0;
  const action = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withBuildLock(lock, 10_000, action)));
  expect(most).toBe(1);
});
