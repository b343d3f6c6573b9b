import type { FileSystem, OpenFile } from './file-system.ts';

const METHODS = Object.keys({
  makeFolder: true,
  kindOf: true,
  write: true,
  writeAt: true,
  truncate: true,
  link: true,
  rename: true,
  unlink: true,
  syncFolder: true,
  fileNames: true,
  names: true,
  targetKind: true,
  folderFacts: true,
  sizeBytes: true,
  read: true,
  readBytes: true,
  openFile: true,
  facts: true,
  stage: true,
  publish: true,
  discard: true,
  syncFile: true,
} satisfies Record<keyof FileSystem, true>) as (keyof FileSystem)[];

const HANDLE_METHODS = ['write', 'datasync', 'truncate', 'close'] as const satisfies (keyof OpenFile)[];

/** The methods of `base` as an object of their own, to put others in their place. */
export function fileSystemOf(base: FileSystem): FileSystem {
  return methodsOf(base, METHODS);
}

/** The same of an open file. */
export function openFileOf(base: OpenFile): OpenFile {
  return methodsOf(base, HANDLE_METHODS);
}

/** Own ones as they are, so that nothing stands between; those of a class bound to it. */
function methodsOf<T extends object>(base: T, names: readonly (keyof T)[]): T {
  return Object.fromEntries(
    names.map((name) => {
      const method: unknown = base[name];
      return [name, Object.hasOwn(base, name) || typeof method !== 'function' ? method : method.bind(base)];
    }),
  ) as T;
}
