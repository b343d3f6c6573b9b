import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from './atomic-file.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

test('makes the folder, and the file with nothing beside it', () => {
  const file = join(folder.path, 'deep', 'er', 'file');
  replaceFile(file, 'text');
  expect(readFileSync(file, 'utf8')).toBe('text');
  expect(readdirSync(join(folder.path, 'deep', 'er'))).toEqual(['file']);
});

test('whoever has the old file open goes on reading the old content', () => {
  const file = join(folder.path, 'file');
  replaceFile(file, 'old');
  const before = statSync(file).ino;
  replaceFile(file, 'new');
  expect(statSync(file).ino).not.toBe(before);
});

test('a large text is written in full', () => {
  const file = join(folder.path, 'file');
  replaceFile(file, 'é'.repeat(3_000_000));
  expect(statSync(file).size).toBe(6_000_000);
});

test('when it fails nothing is left behind and nothing is changed', () => {
  const file = join(folder.path, 'file');
  mkdirSync(join(file, 'child'), { recursive: true });
  expect(() => replaceFile(file, 'new')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder.path)).toEqual(['file']);
  expect(readdirSync(file)).toEqual(['child']);
});
