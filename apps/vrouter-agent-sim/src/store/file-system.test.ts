import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { nodeFileSystem } from './file-system.ts';

test('a link is named among the rest, and counts as what it leads to', () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder.path, name);
  writeFileSync(path('file'), '');
  mkdirSync(path('folder'));
  symlinkSync(path('file'), path('to-file'));
  symlinkSync(path('nowhere'), path('to-nothing'));
  symlinkSync('/dev/null', path('to-device'));
  const names = nodeFileSystem.names(folder.path).toSorted();
  const kinds = names.map((name) => [name, nodeFileSystem.targetKind(path(name))]);
  folder.remove();
  expect(kinds).toEqual([
    ['file', 'file'],
    ['folder', 'folder'],
    ['to-device', 'other'],
    ['to-file', 'file'],
    ['to-nothing', 'absent'],
  ]);
});

test('a folder tells whether another may be in it', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder.path, 'file'), '');
  symlinkSync(folder.path, join(folder.path, 'link'));
  const facts = () => nodeFileSystem.folderFacts(join(folder.path, 'link'));
  const without = facts();
  mkdirSync(join(folder.path, 'folder'));
  const having = facts();
  const others = ['file', 'nothing'].map((name) => nodeFileSystem.folderFacts(join(folder.path, name)));
  folder.remove();
  expect(without).toBeDefined(); // what it says differs between file systems
  expect([having, ...others]).toEqual([{ mayHoldFolders: true }, undefined, undefined]);
});
