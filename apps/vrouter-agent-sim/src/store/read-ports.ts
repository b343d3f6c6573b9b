import { join } from 'node:path';
import { parseGuid, parsePortFile, problemText, type LinkState, type Port } from '@vrouter/port-model';
import type { FileSystem } from './file-system.ts';

/** A port file is about 600 bytes; this leaves room for long names and foreign keys. */
const FILE_BYTES_MAX = 1024 * 1024;

export type PortFile =
  { readonly ok: true; readonly port: Port; readonly linkState: LinkState } | BadPortFile;

export interface BadPortFile {
  readonly ok: false;
  readonly name: string;
  readonly reason: string;
  /** The disk does not give it: it may be good, so it stays for the next start. */
  readonly isUnreadable: boolean;
}

/** The port files of `folder`, good and bad. Folders, and files that are not named like a port, are not ours. */
export function* readPortFiles(files: FileSystem, folder: string): Generator<PortFile> {
  for (const name of files.fileNames(folder)) {
    if (parseGuid(name) !== undefined) yield readPortFile(files, folder, name);
  }
}

/** The port file `name` of `folder`. */
export function readPortFile(files: FileSystem, folder: string, name: string): PortFile {
  const bad = (reason: string, isUnreadable = false): PortFile => ({ ok: false, name, reason, isUnreadable });
  if (name !== parseGuid(name)) return bad('the name of a port file is a guid in lower case');
  let text: string;
  try {
    const size = files.sizeBytes(join(folder, name));
    if (size > FILE_BYTES_MAX) return bad(`a port file has at most ${FILE_BYTES_MAX} bytes, got ${size}`);
    text = files.read(join(folder, name));
  } catch (error) {
    return bad(`it cannot be read, and stays where it is: ${(error as Error).message}`, true);
  }
  const parsed = parsePortFile(text);
  if (!parsed.ok) return bad(parsed.problems.map(problemText).join('; '));
  const { port, linkState } = parsed.value;
  if (port.id !== name) return bad(`it holds the port ${port.id}, which belongs in a file of that name`);
  return { ok: true, port, linkState: port.type === 2 ? linkState : 1 }; // others are always enabled
}
