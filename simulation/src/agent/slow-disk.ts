import type { FileSystem, OpenFile } from '@vrouter/vrouter-agent-sim/simulation';
import type { CrashDisk } from '@vrouter/vrouter-agent-sim/simulation';
import type { Life } from '../world/life.ts';

export interface DiskBehaviour {
  /** How long the next call that waits for the disk takes. */
  delayMs(): number;
  /** What is written whole is not flushed: the real agent's way. */
  readonly flushes: boolean;
  /** Called, at most once per call of the disk, when the power was cut in the middle of it. */
  onPowerCut(): void;
}

/**
 * `disk` as a process sees it: calls take time, so that others run meanwhile and the process can die in between. After
 * a power cut nothing returns any more.
 */
export function slowDisk(disk: CrashDisk, life: Life, behaviour: DiskBehaviour): FileSystem {
  const now = <R>(work: () => R): R => {
    try {
      return work();
    } finally {
      if (disk.hasLostPower) behaviour.onPowerCut();
    }
  };
  const later = async <R>(work: () => Promise<R>): Promise<R> => {
    await life.wait(behaviour.delayMs());
    try {
      return await work();
    } finally {
      if (disk.hasLostPower) {
        behaviour.onPowerCut();
        await life.wait(0); // never resolves: the life is over
      }
    }
  };
  const slowFile = (file: OpenFile): OpenFile => ({
    write: (position, text) => now(() => file.write(position, text)),
    datasync: () => later(() => file.datasync()),
    truncate: (lengthBytes) => later(() => file.truncate(lengthBytes)),
    close: () => file.close(),
  });
  return {
    makeFolder: (path) => later(() => disk.makeFolder(path)),
    kindOf: (path) => later(() => disk.kindOf(path)),
    write: (path, text) =>
      later(async () => {
        if (behaviour.flushes) await disk.write(path, text);
        else disk.stage(path, text);
      }),
    writeAt: (path, position, text) => later(() => disk.writeAt(path, position, text)),
    truncate: (path, length) => later(() => disk.truncate(path, length)),
    link: (from, to) => later(() => disk.link(from, to)),
    rename: (from, to) => later(() => disk.rename(from, to)),
    unlink: (path) => later(() => disk.unlink(path)),
    syncFolder: (path) => later(() => disk.syncFolder(path)),
    fileNames: (path) => disk.fileNames(path),
    names: (path) => disk.names(path),
    targetKind: (path) => disk.targetKind(path),
    folderFacts: (path) => disk.folderFacts(path),
    sizeBytes: (path) => disk.sizeBytes(path),
    read: (path) => disk.read(path),
    readBytes: (path) => disk.readBytes(path),
    openFile: (path, how) => later(async () => slowFile(await disk.openFile(path, how))),
    facts: (path) => disk.facts(path),
    stage: (path, text) => now(() => disk.stage(path, text)),
    publish: (from, to) => now(() => disk.publish(from, to)),
    discard: (path) => now(() => disk.discard(path)),
    syncFile: (path) => later(() => disk.syncFile(path)),
  };
}
