import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { systemPace } from '../../pace.ts';
import type { Change } from '../../ports/model.ts';
import { journalOn, newDisk, PLACES, pictureOn } from '../../testing/journal-story.ts';
import type { CrashDisk } from '../../testing/crash-disk.ts';

const PORTS = 600;

const save = (number: number, vlan: number): Change => ({
  kind: 'save',
  port: samplePort(number, { 'tx-vlan-id': vlan }),
  linkState: 0,
});
const fileCount = (disk: CrashDisk): number => disk.fileNames(PLACES.ports).length;

/**
 * The most files that ever were behind their answers, when ports are saved without a pause. Time goes by only when
 * somebody looks at the clock, so the load is high on the slowest machine too.
 */
async function mostBehind(waitingMax: number): Promise<number> {
  const disk = newDisk();
  let nowMs = 1;
  const pace = { ...systemPace, nowMs: () => (nowMs += 0.01), wait: systemPace.turn };
  const store = journalOn(disk, { nowMax: 0, waitingMax }, pace);
  await store.load();
  let most = 0;
  for (let number = 1; number <= PORTS; number += 1) {
    await store.apply([save(number, 1)]);
    most = Math.max(most, number - fileCount(disk));
  }
  nowMs += 1000;
  await store.settle();
  expect(fileCount(disk)).toBe(PORTS);
  await store.close();
  return most;
}

test('files stay behind the answers under load, but never further than the limit', async () => {
  expect(await mostBehind(16)).toBeLessThanOrEqual(16);
  expect(await mostBehind(100_000)).toBeGreaterThan(16);
});

test('whoever asks for the files gets those of before, however high the load and whatever comes meanwhile', async () => {
  const disk = newDisk();
  let nowMs = 1;
  const pace = { ...systemPace, nowMs: () => (nowMs += 0.01), wait: systemPace.turn };
  const store = journalOn(disk, { nowMax: 0 }, pace);
  await store.load();
  for (let number = 1; number <= PORTS; number += 1) await store.apply([save(number, 1)]);
  expect(fileCount(disk)).toBeLessThan(PORTS);
  let isWritten = false;
  const written = store.written().then(() => {
    isWritten = true;
  });
  for (let number = PORTS + 1; !isWritten; number += 1) {
    await store.apply([save(number, 1)]);
    await systemPace.turn(); // this disk is so quick that nothing else would ever run
  }
  await written;
  const names = new Set(disk.fileNames(PLACES.ports));
  for (let number = 1; number <= PORTS; number += 1) expect(names.has(samplePort(number).id)).toBe(true);
  await store.close();
});

test('a disk that refuses files does not keep those who ask for them for ever', async () => {
  const disk = newDisk();
  const store = journalOn(disk, { nowMax: 0 });
  await store.load();
  disk.publish = () => {
    throw new Error('EIO');
  };
  await store.apply([save(1, 1), save(2, 1)]);
  await store.written();
  expect(store.problems()).toEqual(['2 port files wait to be written: EIO']);
  await store.close();
});

test('a journal that goes on for long does not grow for ever, and what it replaced is not missed', async () => {
  const disk = newDisk();
  const growthBytesMax = 16 * 1024;
  const store = journalOn(disk, { nowMax: 0, growthBytesMax });
  await store.load();
  let longestBytes = 0;
  for (let round = 1; round <= 40; round += 1) {
    for (let first = 1; first <= 100; first += 20) {
      const changes = Array.from({ length: 20 }, (_, index) => save(first + index, round));
      await store.apply(changes);
      longestBytes = Math.max(longestBytes, disk.sizeBytes(`${PLACES.state}/journal`));
    }
  }
  const snapshotBytes = 100 * 400;
  expect(longestBytes).toBeGreaterThan(growthBytesMax);
  expect(longestBytes).toBeLessThan(8 * snapshotBytes + 4 * growthBytesMax); // all of it would be 1.4 MB
  const picture = await pictureOn(disk.afterPowerCut({ namesKept: 'none', content: 'none' }));
  expect(picture.match(/vlan 40 /g)).toHaveLength(100);
  await store.close();
});
