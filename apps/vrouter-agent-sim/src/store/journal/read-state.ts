import { StartError } from '@vrouter/service-kit';
import { isAbsent, type FileSystem } from '../file-system.ts';
import type { FileIndex } from './file-index.ts';
import { readJournal, UnknownJournalFormat, type JournalContent } from './read-journal.ts';

/** Carries out the journal at `path` on `index`; undefined when there is none. Throws `StartError` for another version's. */
export function readState(files: FileSystem, path: string, index: FileIndex): JournalContent | undefined {
  const content = readContent(files, path, index);
  // A mark may be in a damaged line, and without it a port that was added again would be swept.
  if (content !== undefined && content.damagedLines.length > 0) index.marks.forget();
  return content;
}

function readContent(files: FileSystem, path: string, index: FileIndex): JournalContent | undefined {
  try {
    return readJournal(files.readBytes(path), (record) => index.take(record));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (error instanceof UnknownJournalFormat)
      throw new StartError('FOLDER_UNUSABLE', `${path} cannot be used: ${error.message}`, { cause: error });
    throw error;
  }
}
