import { join } from 'node:path';
import { parseGuid } from '@vrouter/port-model';
import type { FileSystem } from '../file-system.ts';
import { readPortFile } from '../read-ports.ts';
import type { FileEntry, FileIndex } from './file-index.ts';

export interface Reconciled {
  /** Ports whose files are not what they must be. */
  readonly behind: readonly string[];
  /** Names of files that cannot be used, and why. */
  readonly bad: ReadonlyMap<string, string>;
  /** How many files were read because the journal did not know them as they are. */
  readonly readCount: number;
}

/**
 * Brings `index` and the ports folder together. Where the journal has a change that is not in its file for certain,
 * the journal is right. Every other file is right, however it got there, and needs to be read only if its size or
 * time differ from what the journal remembers.
 */
export function reconcile(files: FileSystem, folder: string, index: FileIndex): Reconciled {
  const bad = new Map<string, string>();
  const found = new Set<string>();
  let readCount = 0;
  for (const name of files.fileNames(folder)) {
    if (parseGuid(name) === undefined) continue;
    const entry = index.files.get(name);
    if (isBehind(entry)) continue;
    const facts = files.facts(join(folder, name));
    if (facts === undefined) continue; // gone since
    if (entry?.facts?.sizeBytes !== facts.sizeBytes || entry.facts.mtimeMs !== facts.mtimeMs) {
      readCount += 1;
      const file = readPortFile(files, folder, name);
      if (!file.ok) {
        bad.set(name, file.reason);
        continue;
      }
      index.files.set(name, { saved: { port: file.port, linkState: file.linkState }, facts });
    }
    found.add(name);
  }
  const behind: string[] = [];
  for (const [id, entry] of index.files) {
    if (isBehind(entry)) behind.push(id);
    else if (!found.has(id)) index.files.delete(id);
  }
  return { behind, bad, readCount };
}

function isBehind(entry: FileEntry | undefined): boolean {
  return entry !== undefined && entry.facts === undefined;
}
