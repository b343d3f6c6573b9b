import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { withBuildLock } from './build-lock.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const nothing = async (): Promise<void> => undefined;

test('a lock that is held for too long is an error', async () => {
  const lock = join(folder.path, 'held');
  await withBuildLock(lock, 10_000, () =>
    expect(withBuildLock(lock, 0, nothing)).rejects.toThrow(/held for too long/),
  );
});

test('an action that fails frees the lock', async () => {
  const lock = join(folder.path, 'failing');
  await expect(withBuildLock(lock, 0, () => Promise.reject(new Error('no compiler')))).rejects.toThrow(
    'no compiler',
  );
  await withBuildLock(lock, 0, nothing);
});

test('a lock in a folder that is not there is an error, not a wait', async () => {
  await expect(withBuildLock(join(folder.path, 'none', 'lock'), 10_000, nothing)).rejects.toThrow(
    'directory',
  );
});

test('another process keeps us out while it lives, and no longer', async () => {
  const lock = join(folder.path, 'dead');
  const module = JSON.stringify(new URL('build-lock.ts', import.meta.url).href);
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { withBuildLock } = await import(${module});
     await withBuildLock(${JSON.stringify(lock)}, 0, () => new Promise(() => {
       setInterval(() => {}, 1000);
       process.stdout.write('held');
     }));`,
  ]);
  const exited = once(holder, 'exit');
  try {
    await once(holder.stdout, 'data');
    await expect(withBuildLock(lock, 0, nothing)).rejects.toThrow(/held for too long/);
  } finally {
    holder.kill('SIGKILL');
    await exited;
  }
  await withBuildLock(lock, 0, nothing);
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
