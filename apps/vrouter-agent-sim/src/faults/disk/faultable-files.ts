import type { FileSystem, OpenFile } from '../../store/file-system.ts';
import { fileSystemOf, openFileOf } from '../../store/methods-of.ts';
import type { DiskCallName, DiskFault, DiskGate } from './disk-fault.ts';

/**
 * A file system whose methods are those of `base` themselves, until it is armed; files that were opened before are
 * armed with it.
 */
export class FaultableFiles {
  readonly files: FileSystem;
  readonly #base: FileSystem;
  readonly #handles = new Map<OpenFile, { readonly path: string; readonly base: OpenFile }>();
  #gate: DiskGate | undefined;

  constructor(base: FileSystem) {
    this.#base = fileSystemOf(base);
    this.files = { ...this.#base, openFile: (path, how) => this.#open(path, how) };
  }

  arm(gate: DiskGate | undefined): void {
    this.#gate = gate;
    const open: FileSystem['openFile'] = (path, how) => this.#open(path, how);
    Object.assign(this.files, gate === undefined ? this.#base : armedFiles(this.#base, gate), {
      openFile: open,
    });
    for (const [handle, { path, base }] of this.#handles) Object.assign(handle, this.#handleOf(path, base));
  }

  async #open(path: string, how: 'existing' | 'fresh'): Promise<OpenFile> {
    const open = (): Promise<OpenFile> => this.#base.openFile(path, how);
    const base = await (this.#gate === undefined ? open() : through(this.#gate, 'openFile', path, open));
    const handle: OpenFile = { ...this.#handleOf(path, base) };
    this.#handles.set(handle, { path, base });
    return handle;
  }

  #handleOf(path: string, base: OpenFile): OpenFile {
    const gate = this.#gate;
    const close = async (): Promise<void> => {
      for (const [handle, known] of this.#handles) if (known.base === base) this.#handles.delete(handle);
      await base.close();
    };
    if (gate === undefined) return { ...openFileOf(base), close };
    return {
      write: (position, text) => through(gate, 'writeAt', path, () => base.write(position, text)),
      datasync: () => through(gate, 'datasync', path, () => base.datasync()),
      truncate: (lengthBytes) => through(gate, 'truncate', path, () => base.truncate(lengthBytes)),
      close,
    };
  }
}

function armedFiles(base: FileSystem, gate: DiskGate): FileSystem {
  return {
    ...base,
    makeFolder: (path) => through(gate, 'makeFolder', path, () => base.makeFolder(path)),
    write: (path, text) =>
      through(gate, 'write', path, async (isMidway) =>
        base.write(path, isMidway ? text.slice(0, text.length / 2) : text),
      ),
    writeAt: (path, at, text) => through(gate, 'writeAt', path, () => base.writeAt(path, at, text)),
    truncate: (path, length) => through(gate, 'truncate', path, () => base.truncate(path, length)),
    link: (from, to) => through(gate, 'link', to, () => base.link(from, to)),
    rename: (from, to) => through(gate, 'rename', to, () => base.rename(from, to)),
    unlink: (path) => through(gate, 'unlink', path, () => base.unlink(path)),
    syncFolder: (path) => through(gate, 'syncFolder', path, () => base.syncFolder(path)),
    syncFile: (path) => through(gate, 'syncFile', path, () => base.syncFile(path)),
    stage: (path, text) => throughNow(gate, 'stage', path, () => base.stage(path, text)),
    publish: (from, to) => throughNow(gate, 'publish', to, () => base.publish(from, to)),
    discard: (path) => throughNow(gate, 'discard', path, () => base.discard(path)),
  };
}

async function through<R>(
  gate: DiskGate,
  name: DiskCallName,
  path: string,
  proceed: (isMidway: boolean) => Promise<R>,
): Promise<R> {
  const faults = gate({ name, path });
  for (const { wait } of faults) await wait?.();
  const isMidway = name === 'write' && faults.some((fault) => fault.isMidway === true);
  if (isMidway) await proceed(true);
  before(faults, name, path);
  const result = await proceed(false);
  for (const { after } of faults) after?.();
  return result;
}

function throughNow<R>(gate: DiskGate, name: DiskCallName, path: string, proceed: () => R): R {
  const faults = gate({ name, path });
  before(faults, name, path);
  const result = proceed();
  for (const { after } of faults) after?.();
  return result;
}

function before(faults: readonly DiskFault[], name: DiskCallName, path: string): void {
  for (const fault of faults) fault.before?.({ name, path });
}
