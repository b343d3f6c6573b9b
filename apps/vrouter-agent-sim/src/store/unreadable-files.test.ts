import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { CrashDisk } from '../testing/crash-disk.ts';
import {
  agentOn,
  journalOn,
  newDisk,
  PLACES,
  portFilesOn,
  tell,
  type StoryStore,
} from '../testing/journal-story.ts';

const A = samplePort(1).id;
const FILE = `${PLACES.ports}/${A}`;
const REPORT = { name: A, path: undefined, reason: expect.stringContaining('stays where it is: EIO') };

/** Port A was saved, then its file changed by somebody else: VLAN 100 is 55 now. */
async function changedByOthers(open: (disk: CrashDisk) => StoryStore): Promise<CrashDisk> {
  const disk = newDisk();
  const store = open(disk);
  await tell(await agentOn(store), ['add A']);
  await store.settle();
  await store.close?.();
  const text = disk.read(FILE).replace('"tx-vlan-id": 100', '"tx-vlan-id": 55');
  expect(text).toContain(': 55');
  disk.stage(`${PLACES.temporary}/other`, text);
  disk.publish(`${PLACES.temporary}/other`, FILE);
  return disk.copy();
}

/** A copy on which that file cannot be read. */
function withBadSector(disk: CrashDisk): CrashDisk {
  const copy = disk.copy();
  const { read } = CrashDisk.prototype;
  copy.read = (path) => {
    if (path === FILE) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
    return read.call(copy, path);
  };
  return copy;
}

const vlansOf = async (store: StoryStore): Promise<unknown[]> =>
  (await store.load()).ports.map(({ port }) => port['tx-vlan-id']);

test('of a file that cannot be read, what the journal knows is served; once it can, the file is right again', async () => {
  const disk = await changedByOthers(journalOn);
  const bad = withBadSector(disk);
  expect(await journalOn(bad).load()).toMatchObject({
    ports: [{ port: { 'tx-vlan-id': 100 } }],
    setAside: [REPORT],
  });
  expect(await vlansOf(journalOn(bad.copy()))).toEqual([55]);
});

test('with --durability file, a file that cannot be read is reported, and back once it can; an add replaces it', async () => {
  const disk = await changedByOthers(portFilesOn);
  const bad = withBadSector(disk);
  expect(await portFilesOn(bad).load()).toMatchObject({ ports: [], setAside: [REPORT] });
  expect(await vlansOf(portFilesOn(bad.copy()))).toEqual([55]);
  expect(await tell(await agentOn(portFilesOn(bad)), ['change A'])).toEqual([{ ok: true }]);
  expect(await vlansOf(portFilesOn(bad.copy()))).toEqual([7]);
});
