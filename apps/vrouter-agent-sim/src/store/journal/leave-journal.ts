import { join } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import type { SetAside } from '../store.ts';
import { JournalStore, type JournalStoreOptions } from './journal-store.ts';

/** Brings all that a journal holds into files, for a start that does without one. Does nothing when there is none. */
export async function leaveJournal(options: JournalStoreOptions): Promise<readonly SetAside[]> {
  const { files, places } = options;
  const path = join(places.state, 'journal');
  if ((await files.kindOf(path)) === 'absent') return [];
  const store = new JournalStore(options);
  const { setAside } = await store.load();
  await store.close();
  const marks = store.marksWhenSettled;
  if (marks === undefined) {
    throw new StartError(
      'FOLDER_UNUSABLE',
      `${path} holds changes that cannot be brought into port files: ${store.whyUnsettled ?? 'the disk is too slow'}; ` +
        'start with --durability journal, or mend the disk',
    );
  }
  const fresh = join(places.temporary, 'marks.new');
  await files.write(fresh, marks);
  await files.rename(fresh, join(places.state, 'marks'));
  await files.syncFolder(places.state);
  await files.unlink(path);
  await files.syncFolder(places.state);
  return setAside;
}
