import { expect, test } from 'vitest';
import { crashesIn, Starts, type Way } from '../../testing/crash-story.ts';
import { journalOn, picturesOf, stories } from '../../testing/journal-story.ts';
import type { Tuning } from './journal-store.ts';

const way = (tuning: Partial<Tuning>, settles: Way['settles']): Way => ({
  open: (disk) => journalOn(disk, tuning),
  settles,
});
const WAYS: Readonly<Record<string, Way>> = {
  'files before the answer': way({}, 'never'),
  'files behind the answer, then certain': way({ nowMax: 0 }, 'always'),
  'files before the answer, then certain': way({}, 'always'),
  'a new journal while changes go on': way({ growthBytesMax: -1e9 }, 'at the end'),
  'a new journal after every change': way({ growthBytesMax: -1e9 }, 'always'),
};

for (const [title, way] of Object.entries(WAYS)) {
  test(`power cut at any call of any story of up to three operations (${title}): what was acknowledged is there, the rest whole or not at all`, async () => {
    const pictureAfter = picturesOf();
    const starts = new Starts(journalOn);
    for (const story of await stories(3)) {
      const before = await pictureAfter(story.slice(0, -1));
      const after = await pictureAfter(story);
      for await (const { disk, isAcknowledged, what } of crashesIn(story, way)) {
        const picture = await starts.pictureOn(disk, what);
        expect(isAcknowledged ? [after] : [before, after], what).toContain(picture);
      }
    }
    expect(starts.count).toBeGreaterThan(1000);
  }, 300_000);
}
