import { expect, test } from 'vitest';
import { loadStore } from '../load-store.ts';
import { agentOn, journalOn, newDisk, PLACES, portFilesOn, tell } from '../../testing/journal-story.ts';
import { encodeLine, FORMAT, HEADER } from './record.ts';

const JOURNAL = `${PLACES.state}/journal`;

for (const [durability, open] of Object.entries({ journal: journalOn, file: portFilesOn })) {
  for (const format of [FORMAT - 1, FORMAT + 1]) {
    test(`a journal of format ${format} is refused by --durability ${durability} with what to do, and nothing is touched`, async () => {
      const disk = newDisk();
      const store = journalOn(disk);
      await tell(await agentOn(store), ['add A']);
      await store.close();
      const text = disk.read(JOURNAL).replace(encodeLine(HEADER), encodeLine({ ...HEADER, format }));
      expect(text).toContain(`"format":${format}`);
      await disk.write(JOURNAL, text);
      const { fingerprint } = disk.copy();

      await expect(loadStore(open(disk), PLACES)).rejects.toMatchObject({
        code: 'FOLDER_UNUSABLE',
        message:
          `${JOURNAL} cannot be used: the journal is in format ${format}, this version reads format ${FORMAT}; start the ` +
          'version that wrote it with --durability file once, which leaves no journal, or move the journal away and lose ' +
          'what is only in it',
      });
      expect(disk.copy().fingerprint).toBe(fingerprint);
    });
  }
}
