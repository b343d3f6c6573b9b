import { samplePort } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import type { Change } from '../ports/model.ts';
import { FaultyFileSystem, type FaultMoment } from '../testing/faulty-file-system.ts';
import { StoreFolder } from '../testing/store-folder.ts';
import type { Loaded, PortStore } from './store.ts';

const CALLS_MAX = 200;
const save = (number: number, vlan = 100): Change => ({
  kind: 'save',
  port: samplePort(number, { 'tx-vlan-id': vlan }),
  linkState: 0,
});
const remove = (number: number): Change => ({ kind: 'remove', id: samplePort(number).id });
const seen = (number: number): Change => ({ kind: 'seen', id: samplePort(number).id, generation: 1 });
const generations = (generation: number, ...pending: number[]): Change => ({
  kind: 'generations',
  generation,
  pending,
});

/** Ports 1 and 2 are saved; a sync is pending. */
const BEFORE: readonly (readonly Change[])[] = [[save(1)], [save(2)], [generations(1, 1)]];
const BATCHES: Readonly<Record<string, readonly Change[]>> = {
  'a new port': [save(3)],
  'a changed port': [save(1, 7)],
  'a removed port': [remove(1)],
  'an array': [save(1, 7), save(3), save(4)],
  'an array that is seen': [save(1, 7), seen(1), save(3), seen(3)],
  'a mark': [seen(1)],
  'another sync': [generations(2, 1, 2)],
  'a sweep': [remove(1), remove(2), generations(1)],
};

let folder: StoreFolder | undefined;
afterEach(() => folder?.remove());

interface Ready {
  readonly folder: StoreFolder;
  readonly files: FaultyFileSystem;
  readonly store: PortStore;
}

async function prepare(): Promise<Ready> {
  folder?.remove();
  folder = new StoreFolder();
  const files = new FaultyFileSystem();
  const store = folder.open(files);
  await store.load();
  for (const changes of BEFORE) await store.apply(changes);
  return { folder, files, store };
}

async function reload(of: StoreFolder): Promise<Loaded> {
  const loaded = await of.open(new FaultyFileSystem()).load();
  return { ...loaded, ports: [...loaded.ports].sort((a, b) => (a.port.id < b.port.id ? -1 : 1)) };
}

async function stateAfter(
  changes: readonly Change[],
): Promise<{ files: Record<string, string>; loaded: Loaded }> {
  const ready = await prepare();
  await ready.store.apply(changes);
  return { files: ready.folder.portFiles(), loaded: await reload(ready.folder) };
}

/** Runs `attempt` with the 1st, 2nd, ... call failing, until there is no such call. */
async function atEveryCall(attempt: (nth: number) => Promise<boolean>): Promise<void> {
  let nth = 1;
  while (await attempt(nth)) nth += 1;
  expect(nth).toBeGreaterThan(1);
  expect(nth).toBeLessThan(CALLS_MAX);
}

for (const [title, changes] of Object.entries(BATCHES)) {
  for (const moment of ['before', 'during', 'after'] satisfies FaultMoment[]) {
    test(`${title}: whichever call fails (${moment} its work), all or nothing, and the next attempt succeeds`, async () => {
      const old = await stateAfter([]);
      const fresh = await stateAfter(changes);
      await atEveryCall(async (nth) => {
        const { folder, files, store } = await prepare();
        files.failFrom(nth, { moment });
        const isSaved = await store.apply(changes).then(
          () => true,
          () => false,
        );
        const hasFailed = files.failedCount > 0;
        expect(isSaved || hasFailed).toBe(true);
        expect(folder.portFiles()).toEqual(isSaved ? fresh.files : old.files);
        files.heal();
        if (!isSaved) await store.apply(changes);
        expect(folder.portFiles()).toEqual(fresh.files);
        expect(await reload(folder)).toEqual(fresh.loaded);
        return hasFailed;
      });
    });
  }

  for (const moment of ['before', 'during'] satisfies FaultMoment[])
    test(`${title}: a crash ${moment} any call leaves all or nothing, and no trace`, async () => {
      const old = await stateAfter([]);
      const fresh = await stateAfter(changes);
      await atEveryCall(async (nth) => {
        const { folder, files, store } = await prepare();
        files.failFrom(nth, { count: Infinity, moment });
        await store.apply(changes).catch(() => undefined);
        await reload(folder);
        expect([old.files, fresh.files]).toContainEqual(folder.portFiles());
        expect(folder.temporaryNames()).toEqual([]);
        return files.failedCount > 0;
      });
    });

  test(`${title}: a disk that fails for longer changes nothing, and heals without restart`, async () => {
    const old = await stateAfter([]);
    const other = await stateAfter([save(9)]);
    await atEveryCall(async (nth) => {
      const { folder, files, store } = await prepare();
      files.failFrom(nth, { count: Infinity });
      const isSaved = await store.apply(changes).then(
        () => true,
        () => false,
      );
      if (isSaved) return files.failedCount > 0;
      await expect(store.apply(changes)).rejects.toThrow('ENOSPC');
      files.heal();
      await store.apply([save(9)]);
      expect(folder.portFiles()).toEqual(other.files);
      expect(await reload(folder)).toEqual(other.loaded);
      expect(old.loaded.pending).toEqual(other.loaded.pending);
      return true;
    });
  });
}

test('an array that failed is forgotten: no later start takes back what came after it', async () => {
  await atEveryCall(async (nth) => {
    const { folder, files, store } = await prepare();
    files.failFrom(nth);
    const hasFailed = await store.apply(BATCHES['an array']!).then(
      () => false,
      () => true,
    );
    files.heal();
    for (const change of BATCHES['an array']!) await store.apply([change]);
    const { ports } = await reload(folder);
    expect(ports.map(({ port }) => [port.id, port['tx-vlan-id']])).toEqual([
      [samplePort(1).id, 7],
      [samplePort(2).id, 100],
      [samplePort(3).id, 100],
      [samplePort(4).id, 100],
    ]);
    return hasFailed;
  });
});

test('a crash while an array is taken back is taken back at the next start', async () => {
  const old = await stateAfter([]);
  const fresh = await stateAfter(BATCHES['an array']!);
  for (const nth of [10, 11, 12, 13, 14]) {
    await atEveryCall(async (nthOfRecovery) => {
      const { folder, files, store } = await prepare();
      files.failFrom(nth, { count: Infinity });
      await expect(store.apply(BATCHES['an array']!)).rejects.toThrow('ENOSPC');
      files.heal();
      const second = folder.open(files);
      files.failFrom(nthOfRecovery, { count: Infinity });
      const hasRecovered = await second.load().then(
        () => true,
        () => false,
      );
      await reload(folder);
      expect([old.files, fresh.files]).toContainEqual(folder.portFiles());
      return !hasRecovered;
    });
  }
});
