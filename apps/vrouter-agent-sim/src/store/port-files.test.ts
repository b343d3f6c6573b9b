import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPortFile } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../ports/model.ts';
import { FaultyFileSystem } from '../testing/faulty-file-system.ts';
import { StoreFolder } from '../testing/store-folder.ts';
import { nodeFileSystem } from './file-system.ts';

const A = samplePort(1);
const B = samplePort(2);
const saveA: Change = { kind: 'save', port: A, linkState: 0 };
const fileOf = (port: typeof A): string => formatPortFile(port, 1, { author: 'someone', timeMs: 0 });

let folder: StoreFolder;
beforeEach(() => (folder = new StoreFolder()));
afterEach(() => folder.remove());

const put = (name: string, text: string): void => writeFileSync(join(folder.portsPath, name), text);
const asideNames = (): string[] => readdirSync(join(folder.path, 'set-aside')).sort();

test('bad files are set aside with their reason, and the good ones are loaded', async () => {
  const [c, d] = [samplePort(3), samplePort(4)];
  put(A.id, fileOf(A));
  put(B.id, fileOf(A));
  put(c.id, '');
  put(d.id, '{"id": "');
  put(samplePort(5).id, '{}');
  put(samplePort(6).id.toUpperCase(), fileOf(samplePort(6)));
  put(samplePort(7).id, ' '.repeat(2 * 1024 * 1024));
  put('00000000-0000-0000-0000-000000000000', fileOf(A));
  const loaded = await folder.open(nodeFileSystem).load();

  expect(loaded.ports).toEqual([{ port: A, linkState: 1, generation: 0 }]);
  const reasons = Object.fromEntries(loaded.setAside.map(({ name, reason }) => [name, reason]));
  expect(reasons[B.id]).toContain(`it holds the port ${A.id}`);
  expect(reasons[c.id]).toBe('body: expected JSON, got an empty file');
  expect(reasons[d.id]).toContain('expected JSON');
  expect(reasons[samplePort(5).id]).toContain('mac-address: expected a MAC address');
  expect(reasons[samplePort(6).id.toUpperCase()]).toContain('lower case');
  expect(reasons[samplePort(7).id]).toContain('at most 1048576 bytes, got 2097152');
  expect(Object.keys(reasons)).toHaveLength(7);
  expect(readdirSync(folder.portsPath)).toEqual([A.id]);
  expect(asideNames()).toHaveLength(14);
  expect(readFileSync(join(folder.path, 'set-aside', `${c.id}.reason`), 'utf8')).toBe(`${reasons[c.id]}\n`);
});

test('a second bad file of the same name does not replace the first', async () => {
  for (const text of ['first', 'second']) {
    put(A.id, text);
    await folder.open(nodeFileSystem).load();
  }
  expect(asideNames()).toEqual([A.id, `${A.id}.2`, `${A.id}.2.reason`, `${A.id}.reason`].sort());
  expect(readFileSync(join(folder.path, 'set-aside', `${A.id}.2`), 'utf8')).toBe('second');
});

test('a bad file that cannot be moved is reported, and the others are served', async () => {
  put(A.id, 'bad');
  put(B.id, fileOf(B));
  writeFileSync(join(folder.path, 'set-aside'), 'a file where the folder should be');
  const loaded = await folder.open(nodeFileSystem).load();
  expect(loaded.ports.map(({ port }) => port.id)).toEqual([B.id]);
  expect(loaded.setAside).toMatchObject([{ name: A.id, path: undefined }]);
  expect(loaded.setAside[0]?.reason).toContain('cannot be moved');
});

test('folders, links and files that are not named like a port are left alone', async () => {
  mkdirSync(join(folder.portsPath, 'vm'));
  mkdirSync(join(folder.portsPath, A.id));
  put('README', 'hello');
  symlinkSync('/dev/null', join(folder.portsPath, B.id));
  const loaded = await folder.open(nodeFileSystem).load();
  expect(loaded).toMatchObject({ ports: [], setAside: [] });
  expect(readdirSync(folder.portsPath).sort()).toEqual(['README', 'vm', A.id, B.id].sort());
});

test('files of the helper script load: one line, own author, no link state', async () => {
  const { 'link-state': _none, 'vhostuser-mode': _mode, ...fields } = A;
  const record = {
    ...fields,
    'rx-vlan-id': 65535,
    author: '/usr/bin/vrouter-port-control',
    time: '2026-11-22 10:00',
  };
  put(A.id, JSON.stringify(record));
  const loaded = await folder.open(nodeFileSystem).load();
  expect(loaded.ports).toEqual([{ port: { ...A, 'rx-vlan-id': -1 }, linkState: 0, generation: 0 }]);
});

test('ports of other types than 2 are enabled, whatever their file says', async () => {
  const nova = samplePort(3, { type: 0 });
  put(nova.id, JSON.stringify({ ...nova, 'link-state': 0 }));
  expect((await folder.open(nodeFileSystem).load()).ports).toMatchObject([{ linkState: 1 }]);
});

test('marks and sweeps to come are there after a restart, and a torn end is cut off', async () => {
  const store = folder.open(nodeFileSystem);
  await store.load();
  for (const port of [A, B]) await store.apply([{ kind: 'save', port, linkState: 0 }]);
  await store.apply([{ kind: 'generations', generation: 1, pending: [1] }]);
  await store.apply([{ kind: 'seen', id: A.id, generation: 1 }]);
  await store.apply([{ kind: 'generations', generation: 2, pending: [1, 2] }]);
  await store.apply([{ kind: 'seen', id: B.id, generation: 2 }]);
  const path = join(folder.path, 'marks');
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, `${whole}{"format":1,"se`);
  expect(await folder.open(nodeFileSystem).load()).toMatchObject({
    generation: 2,
    pending: [1, 2],
    setAside: [],
    ports: expect.arrayContaining([
      { port: A, linkState: 0, generation: 1 },
      { port: B, linkState: 0, generation: 2 },
    ]),
  });
  expect(readFileSync(path, 'utf8')).toBe(whole);
});

test('damaged marks are set aside, and then every port counts as seen', async () => {
  const store = folder.open(nodeFileSystem);
  await store.load();
  await store.apply([saveA, { kind: 'generations', generation: 1, pending: [1] }]);
  writeFileSync(join(folder.path, 'marks'), 'x\n{"format":1}\n');
  const loaded = await folder.open(nodeFileSystem).load();
  expect(loaded).toMatchObject({ pending: [], generation: 0, ports: [{ generation: 0 }] });
  expect(loaded.setAside).toMatchObject([{ name: 'marks', reason: 'line 1 is damaged' }]);
  expect((await folder.open(nodeFileSystem).load()).setAside).toEqual([]);
});

test('marks of another version stop the start, and stay', async () => {
  const path = join(folder.path, 'marks');
  writeFileSync(path, '{"format":2}\n');
  await expect(folder.open(nodeFileSystem).load()).rejects.toMatchObject({ code: 'FOLDER_UNUSABLE' });
  expect(readFileSync(path, 'utf8')).toBe('{"format":2}\n');
});

test('a folder in the way of a port file: refused, and fine once it is gone', async () => {
  const store = folder.open(nodeFileSystem);
  await store.load();
  mkdirSync(join(folder.portsPath, A.id));
  await expect(store.apply([saveA])).rejects.toThrow('it is not a regular file');
  await expect(store.apply([{ kind: 'remove', id: A.id }])).resolves.toBeUndefined();
  expect(readdirSync(folder.portsPath)).toEqual([A.id]);
  rmSync(join(folder.portsPath, A.id), { recursive: true });
  await store.apply([saveA]);
  expect(folder.portFiles()[A.id]).toContain('"display-name": "vm-1"');
});

test('the ports folder lost while running: refused, and fine once it is back', async () => {
  const store = folder.open(nodeFileSystem);
  await store.load();
  rmSync(folder.portsPath, { recursive: true });
  await expect(store.apply([saveA])).rejects.toThrow('ENOENT');
  mkdirSync(folder.portsPath);
  await store.apply([saveA]);
  expect(Object.keys(folder.portFiles())).toEqual([A.id]);
});

test('nothing but ports is ever in the ports folder, at no call', async () => {
  const files = new FaultyFileSystem();
  const store = folder.open(files);
  await store.load();
  const batches: Change[][] = [
    [saveA],
    [
      { kind: 'save', port: B, linkState: 0 },
      { kind: 'save', port: A, linkState: 1 },
    ],
    [{ kind: 'remove', id: A.id }],
  ];
  for (const changes of batches) {
    for (let nth = 1; ; nth += 1) {
      files.failFrom(nth);
      await store.apply(changes).catch(() => undefined);
      expect([A.id, B.id]).toEqual(expect.arrayContaining(readdirSync(folder.portsPath)));
      if (files.failedCount === 0) break;
    }
  }
});
