import { expect, test } from 'vitest';
import { ALL_LUCK, CrashDisk, type Luck } from './crash-disk.ts';

const PATH = '/folder/file';

/** What the luckless and the lucky may find in the file, each once. */
function leftBy(disk: CrashDisk): Set<string> {
  return new Set(
    ALL_LUCK.filter(({ namesKept }) => namesKept === 'none').map((luck: Luck) =>
      disk.afterPowerCut(luck).read(PATH).replaceAll('\0', '0'),
    ),
  );
}

async function withFile(text: string): Promise<CrashDisk> {
  const disk = new CrashDisk('/folder');
  await disk.write(PATH, text);
  await disk.syncFolder('/folder');
  return disk;
}

test('a write in the middle leaves all around it as it was, torn or not', async () => {
  const disk = await withFile('before....after');
  const file = await disk.openFile(PATH, 'existing');
  await file.write(6, 'here');
  expect(disk.read(PATH)).toBe('beforehereafter');
  expect(leftBy(disk)).toEqual(
    new Set(['before....after', 'beforehe..after', 'before0000after', 'beforehereafter']),
  );
  await file.datasync();
  expect(leftBy(disk)).toEqual(new Set(['beforehereafter']));
});

test('an append is there in part, as zeros, whole, or not at all', async () => {
  const disk = await withFile('before');
  await (await disk.openFile(PATH, 'existing')).write(6, 'more');
  expect(leftBy(disk)).toEqual(new Set(['before', 'beforemo', 'before0000', 'beforemore']));
});

test('a cut took place or did not, and spoils nothing that it left', async () => {
  const disk = await withFile('before, after');
  await (await disk.openFile(PATH, 'existing')).truncate(6);
  expect(leftBy(disk)).toEqual(new Set(['before, after', 'before']));
});

test('a file that was written but not named for certain is not there', async () => {
  const disk = new CrashDisk('/folder');
  await disk.write(PATH, 'text');
  expect(disk.afterPowerCut({ namesKept: 'none', content: 'all' }).fileNames('/folder')).toEqual([]);
  expect(disk.afterPowerCut({ namesKept: 'all', content: 'none' }).read(PATH)).toBe('text');
});
