import { flushingCalls, type FileSystem } from '../store/file-system.ts';
import { fileSystemOf, openFileOf } from '../store/methods-of.ts';

/** `files`, which tells `flushed` how long each flush to the disk took, failed or not, also those within a write. */
export function measuredFiles(files: FileSystem, flushed: (seconds: number) => void): FileSystem {
  const timed = async (flush: () => Promise<void>): Promise<void> => {
    const beganMs = performance.now();
    try {
      await flush();
    } finally {
      flushed((performance.now() - beganMs) / 1000);
    }
  };
  const base = fileSystemOf(files);
  const openFile: FileSystem['openFile'] = async (path, how) => {
    const file = openFileOf(await base.openFile(path, how));
    return { ...file, datasync: () => timed(() => file.datasync()) };
  };
  return {
    ...base,
    ...flushingCalls(openFile),
    openFile,
    syncFile: (path) => timed(() => base.syncFile(path)),
    syncFolder: (path) => timed(() => base.syncFolder(path)),
  };
}
