import { expect, test } from 'vitest';
import { crashesIn, Starts } from '../testing/crash-story.ts';
import { pictureAfter, portFilesOn, stories } from '../testing/journal-story.ts';

test('power cut at any call of any story of up to three operations: what was acknowledged is there; of the rest, ports are there whole or not at all, each with its mark or without', async () => {
  const starts = new Starts(portFilesOn);
  for (const story of await stories(3)) {
    const after = await pictureAfter(story);
    // A port and its mark are two files: a mark that a crash parts from its port does no harm, nobody got an answer.
    const unanswered = [
      after,
      await pictureAfter(story, () => false),
      await pictureAfter(story, ({ kind }) => kind === 'seen'),
      await pictureAfter(story, ({ kind }) => kind !== 'seen'),
    ];
    for await (const { disk, isAcknowledged, what } of crashesIn(story, {
      open: portFilesOn,
      settles: 'never',
    }))
      expect(isAcknowledged ? [after] : unanswered, what).toContain(await starts.pictureOn(disk, what));
  }
  expect(starts.count).toBeGreaterThan(1000);
}, 300_000);
