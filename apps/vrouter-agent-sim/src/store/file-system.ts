import { readdirSync, readFileSync, statSync } from 'node:fs';
import { link, lstat, mkdir, open, rename, unlink, type FileHandle } from 'node:fs/promises';

export type PathKind = 'absent' | 'file' | 'other';

/**
 * All that the store does to a disk. Changing calls leave the event loop free; reading is for the start, when
 * nobody waits for anything else. Calls reject with the platform's errors (`code` ENOSPC, EACCES, EIO...).
 */
export interface FileSystem {
  makeFolder(path: string): Promise<void>;
  kindOf(path: string): Promise<PathKind>;
  /** Creates or replaces the content of a file, and has it on disk when it resolves. */
  write(path: string, text: string): Promise<void>;
  /** Overwrites from `position` on, and has it on disk when it resolves. */
  writeAt(path: string, position: number, text: string): Promise<void>;
  /** Cuts a file to `length` bytes, and has it on disk when it resolves. */
  truncate(path: string, length: number): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes links, renames and removals in a folder survive a power cut. */
  syncFolder(path: string): Promise<void>;
  /** Names of the regular files in a folder. */
  fileNames(path: string): readonly string[];
  /** Names of everything in a folder, in the order in which the file system has them. */
  names(path: string): readonly string[];
  /** Of what a path leads to, through links. */
  targetKind(path: string): PathKind | 'folder';
  sizeBytes(path: string): number;
  read(path: string): string;
}

export const nodeFileSystem: FileSystem = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  kindOf: async (path) => {
    try {
      return (await lstat(path)).isFile() ? 'file' : 'other';
    } catch (error) {
      if (isAbsent(error)) return 'absent';
      throw error;
    }
  },
  write: (path, text) =>
    withFile(path, 'w', async (file) => {
      await file.writeFile(text);
      await file.sync();
    }),
  writeAt: (path, position, text) =>
    withFile(path, 'r+', async (file) => {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length;) {
        done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
      }
      await file.datasync();
    }),
  truncate: (path, length) =>
    withFile(path, 'r+', async (file) => {
      await file.truncate(length);
      await file.sync();
    }),
  link,
  rename,
  unlink,
  syncFolder: (path) => withFile(path, 'r', (folder) => folder.sync()),
  fileNames: (path) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
  names: (path) => readdirSync(path),
  targetKind: (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'absent';
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'other';
  },
  sizeBytes: (path) => statSync(path).size,
  read: (path) => readFileSync(path, 'utf8'),
};

/** Is `error` the answer to a path that is not there? */
export function isAbsent(error: unknown): boolean {
  return (error as { code?: string }).code === 'ENOENT';
}

async function withFile(
  path: string,
  flags: string,
  use: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
