import { expect, test } from 'vitest';
import type { CrashDisk } from '../../testing/crash-disk.ts';
import type { Open } from '../../testing/crash-story.ts';
import {
  agentOn,
  filesIn,
  filesOf,
  journalOn,
  newDisk,
  pictureAfter,
  pictureOf,
  portFilesOn,
  stories,
  tell,
  type StoryStore,
} from '../../testing/journal-story.ts';

const CALLS_MAX = 60;
const WAYS: Readonly<Record<string, Open>> = {
  'files before the answer': journalOn,
  'files behind the answer': (disk) => journalOn(disk, { nowMax: 0 }),
  'a new journal at every change': (disk) => journalOn(disk, { growthBytesMax: -1e9 }),
  '--durability file': portFilesOn,
};
/** The last word of every story; it also tells that all works again. */
const LAST = 'add both';

/** What can be written is, though no clock tells that it is time for another attempt. */
async function settled(store: StoryStore): Promise<void> {
  await store.settle();
  await store.settle();
}

async function expectAgrees(
  disk: CrashDisk,
  open: Open,
  story: readonly string[],
  what: string,
): Promise<void> {
  const picture = await pictureAfter(story);
  expect(filesIn(disk), what).toBe(filesOf(picture));
  for (const content of ['none', 'all'] as const) {
    const after = disk.afterPowerCut({ namesKept: content, content });
    expect(pictureOf(await open(after).load()), `${what}, then a power cut that leaves ${content}`).toBe(
      picture,
    );
    expect(filesIn(after), what).toBe(filesOf(picture));
  }
}

for (const [way, open] of Object.entries(WAYS)) {
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
          const store = open(disk);
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
          // Durability `file` does nothing by itself: what it could not take back it takes back before the next change.
          if (open !== portFilesOn || count === 1) await expectAgrees(disk, open, kept, what);
          expect(await tell(agent, [LAST]), what).toEqual([{ ok: true }]);
          await settled(store);
          expect(store.problems?.() ?? [], what).toEqual([]);
          await expectAgrees(disk, open, [...kept, LAST], what);
        }
      }
    }, 300_000);
  }
}
