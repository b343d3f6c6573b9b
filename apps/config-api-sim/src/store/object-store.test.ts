import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigApi } from '../config-api.ts';
import { ModelDriver, refusal, uuidOf } from '../testing/model-driver.ts';
import { openObjectStore } from './object-store.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('a file that is no database of ours is refused', () => {
  writeFileSync(
    join(folder.path, 'objects.db'),
    'not a database, and longer than a header of SQLite would be',
  );
  expect(() => openObjectStore(folder.path)).toThrow(/objects\.db cannot be used: file is not a database/);
});

test('a database of another format is refused', () => {
  const other = new Database(join(folder.path, 'objects.db'));
  other.pragma('user_version = 99');
  other.close();
  expect(() => openObjectStore(folder.path)).toThrow(/expected format 1, got 99/);
});

test('objects come back in order of creation, changed ones in their old place', () => {
  const driver = new ModelDriver();
  const [first, second] = [driver.machine('vm-1'), driver.machine('vm-2')];
  const store = openObjectStore(folder.path);
  for (const object of [first, second]) store.save({ kind: 'put', object });
  const changed = driver.update(first.uuid, { display_name: 'x' });
  store.save({ kind: 'put', object: changed });
  // Readers, such as a curious sqlite3, do not hold up the server.
  const reader = new Database(join(folder.path, 'objects.db'), { readonly: true });
  expect(reader.pragma('journal_mode', { simple: true })).toBe('wal');
  reader.close();
  store.close();
  const again = openObjectStore(folder.path);
  expect(again.load()).toEqual([changed, second]);
  again.save({ kind: 'remove', uuid: first.uuid });
  expect(again.load()).toEqual([second]);
  again.close();
});

test('what cannot be saved is not done', () => {
  const store = openObjectStore(folder.path);
  let count = 0;
  const api = new ConfigApi({ store, now: () => 0, newUuid: () => uuidOf(++count) });
  const before = api.snapshot();
  store.close();
  expect(refusal(() => api.create('virtual-machine', { fq_name: ['vm-1'] }))).toMatch(
    /^500 The change could not be saved: /,
  );
  expect(api.snapshot()).toEqual(before);
});
