import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SIZE_KB = 512;
const BLOCK = Buffer.alloc(4096);

/** Mounting needs root on Linux. Says what is left out, or fails when everything is required. */
export function disksMissing(): boolean {
  if (process.platform === 'linux' && process.getuid?.() === 0) return false;
  const reason = 'tests with full and read-only disks mount them, which needs root on Linux';
  if (process.env['VROUTER_REQUIRE_ALL'] === '1') throw new Error(reason);
  process.stdout.write(`SKIPPED: ${reason}\n`);
  return true;
}

export interface SmallDisk {
  /** Takes all its space. */
  readonly fill: () => void;
  /** Gives the space back. */
  readonly free: () => void;
}

/** Puts a disk of half a megabyte at the existing, empty folder `path`, until the test is over. */
export function mountSmallDisk(path: string): SmallDisk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_KB}k`, 'tmpfs', path]);
  onTestFinished(() => unmount(path));
  return {
    fill: () => fill(join(path, 'filler')),
    free: () => rmSync(join(path, 'filler')),
  };
}

/** Makes what is below `path` read-only for whoever opens it from now on. Returns how to take that back. */
export function makeReadOnly(path: string): () => void {
  execFileSync('mount', ['--bind', path, path]);
  let isMounted = true;
  const undo = (): void => {
    if (isMounted) unmount(path);
    isMounted = false;
  };
  onTestFinished(undo);
  execFileSync('mount', ['-o', 'remount,bind,ro', path]);
  return undo;
}

/** Lazily: a process that is just ending may still have a file open. */
function unmount(path: string): void {
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
