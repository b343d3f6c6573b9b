import { join } from 'node:path';
import type { Change } from '../../ports/model.ts';
import type { Places } from '../file-steps.ts';
import type { FileSystem } from '../file-system.ts';
import type { FileIndex } from './file-index.ts';

/**
 * `changes` without those that have nothing to do. Throws when one of them could not reach its file later: the ports
 * folder is gone, or something else has the name of a port.
 */
export function changesWanted(
  changes: readonly Change[],
  index: FileIndex,
  { files, places }: { readonly files: FileSystem; readonly places: Places },
): readonly Change[] {
  const folder = files.folderFacts(places.ports);
  if (folder === undefined) {
    throw Object.assign(new Error(`ENOENT: ${places.ports} is not a folder any more`), { code: 'ENOENT' });
  }
  return changes.filter((change) => {
    if (change.kind !== 'save') return true;
    const isIfAbsent = change.ifAbsent === true;
    // Only a folder is in the way of a file: looking at each name takes longer than all else that is done for a port.
    if (!isIfAbsent && !folder.mayHoldFolders) return true;
    const entry = index.files.get(change.port.id);
    if (entry !== undefined) return !isIfAbsent || entry.isRemoved;
    const path = join(places.ports, change.port.id);
    const isFile = files.facts(path) !== undefined;
    if (!isFile && files.targetKind(path) !== 'absent')
      throw new Error(`${path} is in the way: it is not a regular file`);
    return !isIfAbsent || !isFile;
  });
}
