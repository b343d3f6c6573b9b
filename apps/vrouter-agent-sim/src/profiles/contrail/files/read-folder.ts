import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { NIL_GUID } from '@vrouter/port-model';
import type { FileSystem } from '../../../store/file-system.ts';
import { bytesOf } from '../json/unescape.ts';
import { readUuid } from '../values/uuid.ts';

/** Files that are read before requests get their turn. */
const SLICE_LENGTH = 64;
/** A port file has some 600 bytes; an array of ports may have more. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * The text of each file in `folder` whose name begins like a uuid, a character per byte, in the order of the file
 * system; requests are served in between. Links count as what they lead to. What cannot be read is passed over.
 */
export async function* readFolder(files: FileSystem, folder: string): AsyncGenerator<string> {
  let count = 0;
  for (const name of namesIn(files, folder)) {
    if ((count += 1) % SLICE_LENGTH === 0) await setImmediate();
    if (readUuid(name) === NIL_GUID) continue;
    const text = textOf(files, join(folder, name));
    if (text !== undefined) yield text;
  }
}

/** Names in `folder`; none when it cannot be read. */
export function namesIn(files: FileSystem, folder: string): readonly string[] {
  try {
    return files.names(folder);
  } catch {
    return [];
  }
}

function textOf(files: FileSystem, path: string): string | undefined {
  try {
    if (files.targetKind(path) !== 'file' || files.sizeBytes(path) > FILE_BYTES_MAX) return undefined;
    return bytesOf(files.read(path));
  } catch {
    return undefined;
  }
}
