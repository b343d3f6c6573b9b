import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';

const BLOCK = Buffer.alloc(4096);
const TRIAL_SIZE_KB = 64;

export interface SmallDisk {
  /** Takes all its space. */
  readonly fill: () => void;
  /** Gives the space back; fine when there is nothing to give. */
  readonly free: () => void;
  /** Takes the disk away, with all that is on it. */
  readonly close: () => void;
}

/** Why no disk can be mounted here: that needs root, and a container that allows it. */
export function mountObstacle(): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'this user is not root';
  const trial = temporaryFolder();
  try {
    openSmallDisk(trial.path, TRIAL_SIZE_KB).close();
    return undefined;
  } catch (error) {
    return `mount failed: ${(error as Error).message}`;
  } finally {
    trial.remove();
  }
}

/** Puts a disk of `sizeKb` in memory at the existing, empty folder `path`; `label` is what the mount table calls it. */
export function openSmallDisk(path: string, sizeKb: number, label = 'tmpfs'): SmallDisk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKb}k`, label, path]);
  const filler = join(path, 'filler');
  return {
    fill: () => fill(filler),
    free: () => rmSync(filler, { force: true }),
    close: () => unmount(path),
  };
}

/** Lazily: a process that is just ending may still have a file open. */
export function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path]);
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, BLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
