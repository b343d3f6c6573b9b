import { join } from 'node:path';
import { parseGuid, samePort } from '@vrouter/port-model';
import { leanPort } from '../../ports/lean-port.ts';
import type { SavedPort } from '../../ports/model.ts';
import type { FileFacts, FileSystem } from '../file-system.ts';
import { readPortFile, type BadPortFile } from '../read-ports.ts';
import { FileEntry } from './file-entry.ts';
import type { FileIndex } from './file-index.ts';

export interface Reconciled {
  /** Ports whose files are not what they must be. */
  readonly behind: readonly string[];
  /** Ports whose files are what they must be, though maybe not on disk for certain. */
  readonly written: ReadonlyMap<string, FileFacts>;
  /** Files that cannot be used, and why. */
  readonly bad: readonly BadPortFile[];
  /** How many files were read because the journal did not know them as they are. */
  readonly readCount: number;
}

/**
 * Brings `index` and the ports folder together. Where the journal has a change that is not in its file for certain,
 * the journal is right. Every other file is right, however it got there, and needs to be read only if its size or
 * time differ from what the journal remembers.
 */
export function reconcile(files: FileSystem, folder: string, index: FileIndex): Reconciled {
  const bad: BadPortFile[] = [];
  const found = new Set<string>();
  let readCount = 0;
  for (const name of files.fileNames(folder)) {
    if (parseGuid(name) === undefined) continue;
    const entry = index.files.get(name);
    if (isBehind(entry)) continue;
    const facts = files.facts(join(folder, name));
    if (facts === undefined) continue; // gone since
    if (entry?.isOf(facts) !== true) {
      readCount += 1;
      const file = readPortFile(files, folder, name);
      if (!file.ok) {
        bad.push(file);
        // Better what the journal knows than nothing.
        if (file.isUnreadable && entry !== undefined) found.add(name);
        continue;
      }
      index.files.set(name, new FileEntry({ port: leanPort(file.port), linkState: file.linkState }, facts));
    }
    found.add(name);
  }
  const behind: string[] = [];
  const written = new Map<string, FileFacts>();
  for (const [id, entry] of index.files) {
    if (isBehind(entry)) {
      const { saved } = entry;
      const facts = saved && factsWhenHolding(files, folder, id, saved);
      if (facts === undefined) behind.push(id);
      else written.set(id, facts);
    } else if (!found.has(id)) index.files.delete(id);
  }
  return { behind, written, bad, readCount };
}

function isBehind(entry: FileEntry | undefined): boolean {
  return entry?.isCertain === false;
}

/** Of the file of port `id`, if it is there and holds `saved`: reading is cheaper than writing once more. */
function factsWhenHolding(
  files: FileSystem,
  folder: string,
  id: string,
  saved: SavedPort,
): FileFacts | undefined {
  const facts = files.facts(join(folder, id));
  if (facts === undefined) return undefined;
  const file = readPortFile(files, folder, id);
  const isSame = file.ok && file.linkState === saved.linkState && samePort(file.port, saved.port);
  return isSame ? facts : undefined;
}
