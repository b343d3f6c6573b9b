import {
  closeSync,
  fdatasync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { link, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { makeFolders } from '@vrouter/service-kit';

export type PathKind = 'absent' | 'file' | 'other';

/** What tells whether a file is still the one it was. `mtimeMs` has a fraction. */
export interface FileFacts {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export interface FolderFacts {
  /** False: there is certainly no other folder in it. */
  readonly mayHoldFolders: boolean;
}

/** A file that stays open. */
export interface OpenFile {
  /** Overwrites from `position` on; not on disk before `datasync` resolved. */
  write(position: number, text: string): Promise<void>;
  datasync(): Promise<void>;
  /** Cuts the file; not on disk before `datasync` resolved. */
  truncate(lengthBytes: number): Promise<void>;
  close(): Promise<void>;
}

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
  /** What a path leads to, if that is a folder. */
  folderFacts(path: string): FolderFacts | undefined;
  sizeBytes(path: string): number;
  read(path: string): string;
  readBytes(path: string): Buffer;
  /** Opens a file for writing; `fresh`: empty, whether it existed or not. */
  openFile(path: string, how: 'existing' | 'fresh'): Promise<OpenFile>;
  /** Of a regular file; undefined when there is nothing or something else. */
  facts(path: string): FileFacts | undefined;
  /**
   * The next three do not wait for the disk, only for the memory before it, so they are calls that return at once:
   * handing each to another thread would cost more than it takes.
   */
  stage(path: string, text: string): FileFacts;
  publish(from: string, to: string): void;
  discard(path: string): void;
  /** Has on disk what `stage` wrote. */
  syncFile(path: string): Promise<void>;
}

/** Its name and `.`; each folder in it adds its `..`. File systems that do not count them say 1. */
const LINKS_WITHOUT_FOLDERS = 2;

export const nodeFileSystem: FileSystem = {
  makeFolder: async (path) => makeFolders(path),
  kindOf: async (path) => {
    try {
      return (await lstat(path)).isFile() ? 'file' : 'other';
    } catch (error) {
      if (isAbsent(error)) return 'absent';
      throw error;
    }
  },
  ...flushingCalls(openFile),
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
  folderFacts: (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isDirectory() === true
      ? { mayHoldFolders: found.nlink !== LINKS_WITHOUT_FOLDERS }
      : undefined;
  },
  sizeBytes: (path) => statSync(path).size,
  read: (path) => readFileSync(path, 'utf8'),
  readBytes: (path) => readFileSync(path),
  openFile,
  facts: (path) => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true ? { sizeBytes: found.size, mtimeMs: found.mtimeMs } : undefined;
  },
  stage: (path, text) => {
    const file = openSync(path, 'w');
    try {
      writeFileSync(file, text);
      const { size, mtimeMs } = fstatSync(file);
      return { sizeBytes: size, mtimeMs };
    } finally {
      closeSync(file);
    }
  },
  publish: renameSync,
  discard: unlinkSync,
  syncFile: (path) => withFile(path, 'r', (file) => file.sync()),
};

const datasync = promisify(fdatasync);

/** The calls that change a file and have it on disk at once, made of `openFile`: each flush is a `datasync` of it. */
export function flushingCalls(
  openFile: FileSystem['openFile'],
): Pick<FileSystem, 'write' | 'writeAt' | 'truncate'> {
  const flushing = async (
    path: string,
    how: 'existing' | 'fresh',
    change: (file: OpenFile) => Promise<void>,
  ): Promise<void> => {
    const file = await openFile(path, how);
    try {
      await change(file);
      await file.datasync();
    } finally {
      await file.close();
    }
  };
  return {
    write: (path, text) => flushing(path, 'fresh', (file) => file.write(0, text)),
    writeAt: (path, position, text) => flushing(path, 'existing', (file) => file.write(position, text)),
    truncate: (path, length) => flushing(path, 'existing', (file) => file.truncate(length)),
  };
}

async function openFile(path: string, how: 'existing' | 'fresh'): Promise<OpenFile> {
  return openFileOf(await open(path, how === 'fresh' ? 'w' : 'r+'));
}

function openFileOf(file: FileHandle): OpenFile {
  return {
    // Into memory only: another thread would take longer to be asked than this takes.
    write: async (position, text) => {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length;) {
        done += writeSync(file.fd, bytes, done, bytes.length - done, position + done);
      }
    },
    datasync: () => datasync(file.fd),
    truncate: (lengthBytes) => file.truncate(lengthBytes),
    close: () => file.close(),
  };
}

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
