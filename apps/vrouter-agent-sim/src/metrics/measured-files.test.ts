import { expect, test } from 'vitest';
import type { FileSystem } from '../store/file-system.ts';
import { CrashDisk } from '../testing/crash-disk.ts';
import { measuredFiles } from './measured-files.ts';

const PATH = '/folder/file';

/** How many flushes `use` was told of, on a disk that has a file. */
async function flushesOf(use: (files: FileSystem) => Promise<void>): Promise<number> {
  const disk = new CrashDisk('/folder');
  await disk.write(PATH, 'text');
  let count = 0;
  await use(measuredFiles(disk, () => (count += 1)));
  return count;
}

test('every call that waits for the disk tells of its flush', async () => {
  const calls: Record<string, (files: FileSystem) => Promise<void>> = {
    write: (files) => files.write(PATH, 'other'),
    writeAt: (files) => files.writeAt(PATH, 4, 'more'),
    truncate: (files) => files.truncate(PATH, 2),
    syncFile: (files) => files.syncFile(PATH),
    syncFolder: (files) => files.syncFolder('/folder'),
    datasync: async (files) => (await files.openFile(PATH, 'existing')).datasync(),
  };
  for (const [name, call] of Object.entries(calls)) expect(await flushesOf(call), name).toBe(1);
});

test('calls that only change memory tell nothing', async () => {
  const flushes = await flushesOf(async (files) => {
    await files.link(PATH, '/folder/second');
    files.stage('/folder/third', 'text');
    await (await files.openFile(PATH, 'existing')).write(0, 'T');
  });
  expect(flushes).toBe(0);
});

test('a flush that fails took its time, too', async () => {
  const flushes = await flushesOf(async (files) => {
    await expect(files.syncFile('/folder/nothing')).rejects.toThrow('ENOENT');
  });
  expect(flushes).toBe(1);
});

test('what is written, over it, and cut, is what the file holds', async () => {
  const disk = new CrashDisk('/folder');
  const files = measuredFiles(disk, () => undefined);
  await files.write(PATH, 'a longer text');
  await files.writeAt(PATH, 2, 'LONGER');
  await files.truncate(PATH, 8);
  expect(disk.afterPowerCut({ namesKept: 'all', content: 'none' }).read(PATH)).toBe('a LONGER');
});
