import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes `path` with all folders above it; those that are there are fine. Node's own `recursive` never returns where a
 * file system refuses a new folder as "not found", as /proc does. Throws the error of the file system.
 */
export function makeFolders(path: string): void {
  try {
    makeOne(path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolders(dirname(path));
    makeOne(path);
  }
}

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Some file systems refuse what is there for other reasons: read-only, or not ours.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
