import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { openFolders, type Folders } from './folders.ts';

let folder: TemporaryFolder;
let opened: Folders[];
beforeEach(() => {
  folder = temporaryFolder();
  opened = [];
});
afterEach(() => {
  for (const one of opened) one.release();
  folder.remove();
});

async function open(
  stateDir: string,
  portsDir: string,
  files: FileSystem = nodeFileSystem,
): Promise<Folders> {
  const folders = await openFolders(files, {
    stateDir: join(folder.path, stateDir),
    portsDir: join(folder.path, portsDir),
  });
  opened.push(folders);
  return folders;
}

test('two agents on one state folder: the second is refused, and told who has it', async () => {
  await open('state', 'ports-1');
  await expect(open('state', 'ports-2')).rejects.toMatchObject({
    code: 'FOLDER_LOCKED',
    message: expect.stringContaining(`vrouter-agent-sim with pid ${process.pid}`),
  });
});

test('two agents on one ports folder, by whatever name: the second is refused, and lets go of its state folder', async () => {
  await open('state-1', 'ports');
  symlinkSync(join(folder.path, 'ports'), join(folder.path, 'link'));
  await expect(open('state-2', 'link')).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
  await open('state-2', 'other');
});

test('a released folder can be had again', async () => {
  (await open('state', 'ports')).release();
  await open('state', 'ports');
});

test('the state folder must not be the ports folder, or lie in it', async () => {
  for (const state of ['ports', 'ports/state']) {
    await expect(open(state, 'ports')).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('must not lie in the ports folder'),
    });
  }
});

test('a file where a folder should be is refused', async () => {
  writeFileSync(join(folder.path, 'ports'), '');
  await expect(open('state', 'ports')).rejects.toMatchObject({ code: 'FOLDER_UNUSABLE' });
});

test('folders are created, and the ports folder is left empty', async () => {
  const { places } = await open('deep/state', 'deep/er/ports');
  expect(readdirSync(places.ports)).toEqual([]);
  expect(places.temporary).toBe(join(places.state, 'tmp'));
});

/** As if `name` were a file system of its own. */
function withMount(name: string): FileSystem {
  const isInside = (path: string): boolean => path.startsWith(`${join(folder.path, name)}/`);
  return {
    ...nodeFileSystem,
    rename: async (from, to) => {
      if (isInside(from) !== isInside(to)) throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' });
      await nodeFileSystem.rename(from, to);
    },
  };
}

test('with the ports on another file system, temporary files lie there too, beside the ports folder', async () => {
  const { places } = await open('state', 'disk/ports', withMount('disk'));
  expect(places.temporary).toBe(join(folder.path, 'disk/.ports.tmp'));
  expect(readdirSync(places.ports)).toEqual([]);
});

test('a ports folder that is a file system by itself is refused with what to do', async () => {
  await expect(open('state', 'ports', withMount('ports'))).rejects.toMatchObject({
    code: 'FOLDER_UNUSABLE',
    message: expect.stringContaining('is on the file system of the ports folder'),
  });
});
