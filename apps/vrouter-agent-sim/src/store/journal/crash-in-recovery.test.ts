import { expect, test } from 'vitest';
import { crashesIn, Starts, type Way } from '../../testing/crash-story.ts';
import { journalOn, portFilesOn, stories } from '../../testing/journal-story.ts';

const WAYS: Readonly<Record<string, Way>> = {
  'files behind the answer': { open: (disk) => journalOn(disk, { nowMax: 0 }), settles: 'never' },
  'files before the answer, then certain': { open: journalOn, settles: 'always' },
  'a new journal after every change': {
    open: (disk) => journalOn(disk, { growthBytesMax: -1e9 }),
    settles: 'always',
  },
};
const STARTS = { journal: journalOn, file: portFilesOn };

for (const [title, way] of Object.entries(WAYS)) {
  for (const [durability, open] of Object.entries(STARTS)) {
    test(`a crash (${title}), then a start with --durability ${durability} cut at any call: the next one finds what it would have found`, async () => {
      const starts = new Starts(open);
      const known = new Set<string>();
      for (const story of await stories(2)) {
        for await (const { disk, what } of crashesIn(story, way)) {
          if (known.has(disk.fingerprint)) continue;
          known.add(disk.fingerprint);
          await starts.expectSurviveCuts(disk, what);
        }
      }
      expect(starts.count).toBeGreaterThan(1000);
    }, 300_000);
  }
}
