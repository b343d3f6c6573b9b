import { expect, test } from 'vitest';
import { crashesIn, Starts, type Crashed, type Way } from '../../testing/crash-story.ts';
import { journalOn, portFilesOn, stories } from '../../testing/journal-story.ts';

const WAYS: Readonly<Record<string, Way>> = {
  'files behind the answer': { open: (disk) => journalOn(disk, { nowMax: 0 }), settles: 'never' },
  'files before the answer, then certain': { open: journalOn, settles: 'always' },
  '--durability file': { open: portFilesOn, settles: 'never' },
  'a new journal after every change': {
    open: (disk) => journalOn(disk, { growthBytesMax: -1e9 }),
    settles: 'always',
  },
};
/** In turns. */
const CODES = ['EIO', 'ENOSPC'];
const STARTS = { journal: journalOn, file: portFilesOn };

async function* differentCrashes(way: Way): AsyncGenerator<Crashed> {
  const known = new Set<string>();
  for (const story of await stories(2)) {
    for await (const crashed of crashesIn(story, way)) {
      const { fingerprint } = crashed.disk;
      if (known.has(fingerprint)) continue;
      known.add(fingerprint);
      yield crashed;
    }
  }
}

for (const [title, way] of Object.entries(WAYS)) {
  for (const [durability, open] of Object.entries(STARTS)) {
    test(`a crash (${title}), then a start with --durability ${durability} cut at any call: the next one finds what it would have found`, async () => {
      const starts = new Starts(open);
      for await (const { disk, what } of differentCrashes(way)) await starts.expectSurviveCuts(disk, what);
      expect(starts.count).toBeGreaterThan(100);
    }, 300_000);

    test(`a crash (${title}), then a life with --durability ${durability} that adds and disables, and a crash: what both acknowledged is there`, async () => {
      const starts = new Starts(open);
      for await (const { disk, what } of differentCrashes(way)) await starts.expectGoesOn(disk, what);
      expect(starts.count).toBeGreaterThan(10);
    }, 300_000);

    test(`a crash (${title}), then EIO or ENOSPC at any call of a start with --durability ${durability}: it says so or finds all, and so does the next`, async () => {
      const starts = new Starts(open);
      let number = 0;
      for await (const { disk, what } of differentCrashes(way))
        await starts.expectSurviveErrors(disk, CODES[++number % CODES.length]!, what);
      expect(starts.count).toBeGreaterThan(100);
    }, 300_000);
  }
}
