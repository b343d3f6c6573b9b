import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { startProgram, STAY } from './testing/program.ts';

let folder: TemporaryFolder;
let state: string;
beforeEach(() => {
  folder = temporaryFolder();
  state = join(folder.path, 'state');
});
afterEach(() => folder.remove());

const holdIn = (more = '') =>
  `const lock = kit.lockFolder(${JSON.stringify(state)}, 'holder-role'); console.error('locked');${more}${STAY}`;

const locked = (line: string): boolean => line === 'locked';

test('a second process is refused, and told who holds the folder', async () => {
  const holder = await startProgram(folder.path, holdIn());
  try {
    await holder.waitForLog(locked, 'its lock');
    expect(() => lockFolder(state, 'second')).toThrow(
      expect.objectContaining({
        code: 'FOLDER_LOCKED',
        exitCode: 1,
        message: expect.stringMatching(
          new RegExp(
            `in use by holder-role with pid ${holder.pid} since \\d{4}-.*; two processes must not share it`,
          ),
        ),
      }),
    );
  } finally {
    await holder.kill();
  }
});

test('the lock is gone after SIGKILL', async () => {
  const holder = await startProgram(folder.path, holdIn());
  await holder.waitForLog(locked, 'its lock');
  await holder.kill();
  lockFolder(state, 'second').release();
});

test('one process cannot lock a folder twice', () => {
  const lock = lockFolder(state, 'first');
  expect(() => lockFolder(state, 'again')).toThrow(`in use by first with pid ${process.pid}`);
  lock.release();
  lockFolder(state, 'again').release();
});

test('a refused attempt does not weaken the lock', async () => {
  const holder = await startProgram(folder.path, holdIn());
  try {
    await holder.waitForLog(locked, 'its lock');
    for (let attempt = 0; attempt < 3; attempt++) expect(() => lockFolder(state, 'x')).toThrow('holder-role');
  } finally {
    await holder.kill();
  }
});

test('releasing twice is fine, and leaves no holder behind', () => {
  const lock = lockFolder(state, 'first');
  expect(existsSync(join(state, 'holder.json'))).toBe(true);
  lock.release();
  expect(existsSync(join(state, 'holder.json'))).toBe(false);
  const other = lockFolder(state, 'second');
  lock.release();
  expect(() => lockFolder(state, 'third')).toThrow('second');
  other.release();
});

test('a lock that nobody refers to any more is still a lock', async () => {
  const source = `kit.lockFolder(${JSON.stringify(state)}, 'forgetful'); for (let round = 0; round < 5; round++) { globalThis.gc(); await new Promise(setImmediate); } console.error('locked');${STAY}`;
  const holder = await startProgram(folder.path, source, ['--expose-gc']);
  try {
    await holder.waitForLog(locked, 'its lock');
    expect(() => lockFolder(state, 'second')).toThrow('forgetful');
  } finally {
    await holder.kill();
  }
});

test.each(['state', 'state/below'])(
  'a folder that cannot be made says why: a file is in its place (%s)',
  (path) => {
    writeFileSync(state, 'a file');
    expect(() => lockFolder(join(folder.path, path), 'first')).toThrow(
      expect.objectContaining({ code: 'FOLDER_UNUSABLE', message: expect.stringMatching(/EEXIST|ENOTDIR/) }),
    );
  },
);

test('a damaged lock file says so', () => {
  mkdirSync(state);
  writeFileSync(join(state, 'lock.db'), 'x'.repeat(5_000));
  expect(() => lockFolder(state, 'first')).toThrow('cannot be used: file is not a database');
});
