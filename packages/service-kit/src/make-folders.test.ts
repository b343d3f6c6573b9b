import { chmodSync, existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolders } from './make-folders.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test.runIf(existsSync('/proc'))('where no folder can be made, that is an error and not a wait', () => {
  for (const path of ['/proc/x', '/proc/x/y/z'])
    expect(() => makeFolders(path)).toThrow(/^(ENOENT|EACCES|EPERM).*mkdir '\/proc\/x'/);
});

test('a file in the way is an error', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  expect(() => makeFolders(file)).toThrow('EEXIST');
  expect(() => makeFolders(join(file, 'below'))).toThrow('ENOTDIR');
});

test('a link to nowhere is an error', () => {
  const link = join(folder.path, 'link');
  symlinkSync(join(folder.path, 'nowhere'), link);
  expect(() => makeFolders(link)).toThrow('EEXIST');
});

test('all folders are made, and those that are there stay', () => {
  const path = join(folder.path, 'a', 'b', 'c');
  makeFolders(path);
  chmodSync(path, 0o700);
  makeFolders(`${path}/`);
  makeFolders('/');
  makeFolders('.');
  expect(statSync(path).mode & 0o777).toBe(0o700);
});
