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
  temporaryNames,
  type Picture,
} from '../../testing/journal-story.ts';
import { powerCuts } from '../../testing/power-cuts.ts';
import type { Tuning } from './journal-store.ts';

/** A disk call after which an operation has surely ended. */
const CALLS_MAX = 60;
const WAYS: Readonly<
  Record<string, { tuning: Partial<Tuning>; settles: 'never' | 'always' | 'at the end' }>
> = {
  'files before the answer': { tuning: {}, settles: 'never' },
  'files behind the answer, then certain': { tuning: { nowMax: 0 }, settles: 'always' },
  'files before the answer, then certain': { tuning: {}, settles: 'always' },
  'a new journal while changes go on': { tuning: { growthBytesMax: -1e9 }, settles: 'at the end' },
  'a new journal after every change': { tuning: { growthBytesMax: -1e9 }, settles: 'always' },
};

interface Cut {
  readonly disk: CrashDisk;
  readonly isAcknowledged: boolean;
  readonly hasStruck: boolean;
}

/** Tells `story`, cuts the power at call `atCall` of its last operation and of what follows by itself. */
async function cutDuring(story: readonly string[], atCall: number, way: keyof typeof WAYS): Promise<Cut> {
  const { tuning, settles } = WAYS[way]!;
  const disk = newDisk();
  const store = journalOn(disk, tuning);
  const agent = await agentOn(store);
  for (const name of story.slice(0, -1)) {
    await tell(agent, [name]);
    if (settles === 'always') await store.settle();
  }
  disk.expect({ kind: 'power-cut', atCall });
  const [outcome] = await tell(agent, story.slice(-1));
  // What happened before the cut is what counts; a refusal came from the cut disk itself.
  const isAcknowledged = outcome?.ok === true || (outcome?.ok === false && outcome.code !== 'NOT_SAVED');
  if (settles !== 'never') await store.settle();
  return { disk, isAcknowledged, hasStruck: disk.hasStruck };
}

async function expectRecovered(disk: CrashDisk, allowed: readonly Picture[], what: string): Promise<void> {
  const picture = await pictureOn(disk);
  expect(allowed, what).toContain(picture);
  expect(filesIn(disk), what).toBe(filesOf(picture));
  expect(temporaryNames(disk), what).toEqual([]);
}

for (const way of Object.keys(WAYS)) {
  test(`power cut at any call of any story of up to three operations (${way}): what was acknowledged is there, the rest whole or not at all`, async () => {
    const pictures = new Map<string, Picture>();
    const pictureOfStory = async (story: readonly string[]): Promise<Picture> => {
      const known = pictures.get(story.join()) ?? (await pictureAfter(story));
      pictures.set(story.join(), known);
      return known;
    };
    let count = 0;
    for (const story of await stories(3)) {
      const before = await pictureOfStory(story.slice(0, -1));
      const after = await pictureOfStory(story);
      let hasStruck = true;
      for (let atCall = 1; hasStruck; atCall += 1) {
        expect(atCall).toBeLessThan(CALLS_MAX);
        const cut = await cutDuring(story, atCall, way);
        hasStruck = cut.hasStruck;
        const allowed = cut.isAcknowledged ? [after] : [before, after];
        for (const { luck, disk } of powerCuts(cut.disk)) {
          const what = `${story.join(', ')}; cut at call ${atCall}; ${JSON.stringify(luck)}`;
          await expectRecovered(disk, allowed, what);
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(1000);
  }, 300_000);
}
