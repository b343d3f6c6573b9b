import { expect, test } from 'vitest';
import { manualClock } from '@vrouter/testkit';
import {
  agentOn,
  journalOn,
  newDisk,
  pictureAfter,
  pictureOf,
  pictureOn,
  portFilesOn,
  tell,
} from '../../testing/journal-story.ts';

const CALLS = 8;
const REFUSED = { ok: false, code: 'NOT_SAVED' };
const TORN = expect.stringContaining('does not let it be cut off');

test('a refused change that cannot be cut off ends all saving until it can; only a kill before may bring it back, whole', async () => {
  const without = await pictureAfter(['add A']);
  const whole = await pictureAfter(['add A', 'add B']);
  const afterKill = new Set<string>();
  for (let atCall = 1; atCall <= CALLS; atCall += 1) {
    const disk = newDisk();
    const store = journalOn(disk, { nowMax: 0 });
    const agent = await agentOn(store);
    await tell(agent, ['add A']);
    await store.settle();
    disk.expect({ kind: 'error', atCall, code: 'EIO', count: Infinity });
    const [outcome] = await tell(agent, ['add B']);
    if (outcome?.ok === true || store.problems().length === 0) continue;
    expect(outcome).toMatchObject(REFUSED);
    expect(await tell(agent, ['enable A'])).toMatchObject([REFUSED]);
    expect(store.problems()).toEqual([TORN]);
    afterKill.add(await pictureOn(disk.afterPowerCut({ namesKept: 'all', content: 'all' })));
    disk.expect({ kind: 'none' });
    await store.settle();
    expect(store.problems()).toEqual([]);
    expect(await pictureOn(disk.afterPowerCut({ namesKept: 'all', content: 'all' }))).toBe(without);
  }
  expect([...afterKill].toSorted()).toEqual([without, whole].toSorted());
});

test('as long as a refused change may come back, not even what changes nothing is confirmed', async () => {
  for (const open of [journalOn, portFilesOn]) {
    const disk = newDisk();
    const store = open(disk);
    const agent = await agentOn(store);
    await tell(agent, ['add A']);
    await store.settle();
    disk.expect({ kind: 'error', atCall: 5, code: 'EIO', count: Infinity });
    expect(await tell(agent, ['change A', 'add A'])).toMatchObject([REFUSED, REFUSED]);
    disk.expect({ kind: 'none' });
    expect(await tell(agent, ['add A'])).toEqual([{ ok: true }]);
    const after = open(disk.afterPowerCut({ namesKept: 'all', content: 'all' }));
    expect(pictureOf(await after.load())).toBe(await pictureAfter(['add A']));
  }
});

test('it is cut off as soon as the disk lets it, without anybody asking for a change', async () => {
  const disk = newDisk();
  const clock = manualClock();
  const store = journalOn(disk, { nowMax: 0 }, undefined, clock);
  const agent = await agentOn(store);
  await tell(agent, ['add A']);
  await store.settle();
  disk.expect({ kind: 'error', atCall: 1, code: 'EIO', count: Infinity });
  expect(await tell(agent, ['add B'])).toMatchObject([REFUSED]);
  await clock.advance(10_000);
  expect(store.problems()).toEqual([TORN]);
  disk.expect({ kind: 'none' });
  await clock.advance(1_000);
  expect(store.problems()).toEqual([]);
});
