import { expect, test } from 'vitest';
import type { CrashDisk } from '../../testing/crash-disk.ts';
import {
  agentOn,
  filesIn,
  filesOf,
  journalOn,
  newDisk,
  pictureAfter,
  pictureOn,
  stories,
  tell,
} from '../../testing/journal-story.ts';
import type { JournalStore, Tuning } from './journal-store.ts';

const CALLS_MAX = 60;
const WAYS: Readonly<Record<string, Partial<Tuning>>> = {
  'files before the answer': {},
  'files behind the answer': { nowMax: 0 },
  'a new journal at every change': { growthBytesMax: -1e9 },
};
/** The last word of every story; it also tells that all works again. */
const LAST = 'add both';

/** What can be written is, though no clock tells that it is time for another attempt. */
async function settled(store: JournalStore): Promise<void> {
  await store.settle();
  await store.settle();
}

async function expectAgrees(disk: CrashDisk, story: readonly string[], what: string): Promise<void> {
  const picture = await pictureAfter(story);
  expect(filesIn(disk), what).toBe(filesOf(picture));
  for (const content of ['none', 'all'] as const) {
    const after = disk.afterPowerCut({ namesKept: content, content });
    expect(await pictureOn(after), `${what}, then a power cut that leaves ${content}`).toBe(picture);
    expect(filesIn(after), what).toBe(filesOf(picture));
  }
}

for (const [way, tuning] of Object.entries(WAYS)) {
  for (const [code, count] of [
    ['EIO', 1],
    ['ENOSPC', 1],
    ['ENOSPC', Infinity],
  ] as const) {
    test(`${code} at any call, ${count === 1 ? 'once' : 'until the disk heals'} (${way}): a refusal changes nothing, and all goes on without restart`, async () => {
      for (const story of await stories(2)) {
        let hasStruck = true;
        for (let atCall = 1; hasStruck; atCall += 1) {
          expect(atCall).toBeLessThan(CALLS_MAX);
          const what = `${story.join(', ')}; ${code} at call ${atCall}`;
          const disk = newDisk();
          const store = journalOn(disk, tuning);
          const agent = await agentOn(store);
          await tell(agent, story.slice(0, -1));
          await store.settle();
          disk.expect({ kind: 'error', atCall, code, count });
          const [outcome] = await tell(agent, story.slice(-1));
          await store.settle();
          hasStruck = disk.hasStruck;
          disk.expect({ kind: 'none' });
          const isRefused = outcome?.ok === false && outcome.code === 'NOT_SAVED';
          const kept = isRefused ? story.slice(0, -1) : story;

          await settled(store);
          await expectAgrees(disk, kept, what);
          expect(await tell(agent, [LAST]), what).toEqual([{ ok: true }]);
          await settled(store);
          expect(store.problems(), what).toEqual([]);
          await expectAgrees(disk, [...kept, LAST], what);
        }
      }
    }, 300_000);
  }
}
