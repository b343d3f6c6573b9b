import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { onTestFinished } from 'vitest';

const SIZE_KB = 512;
const BLOCK = Buffer.alloc(4096);

/** Mounting needs root, and a container that allows it. Says what is left out, or fails when everything is required. */
export function disksMissing(): boolean {
  const reason = obstacle();
  if (reason === undefined) return false;
  const text = `tests with full and read-only disks mount them, as root on Linux: ${reason}`;
  if (process.env['VROUTER_REQUIRE_ALL'] === '1') throw new Error(text);
  process.stdout.write(`SKIPPED ${text}\n`);
  return true;
}

function obstacle(): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'this user is not root';
  const trial = temporaryFolder();
  try {
    mountTmpfs(trial.path);
    unmount(trial.path);
    return undefined;
  } catch (error) {
    return `mount failed: ${(error as Error).message}`;
  } finally {
    trial.remove();
  }
}

export interface SmallDisk {
  /** Takes all its space. */
  readonly fill: () => void;
  /** Gives the space back. */
  readonly free: () => void;
}

/** Puts a disk of half a megabyte at the existing, empty folder `path`, until the test is over. */
export function mountSmallDisk(path: string): SmallDisk {
  mountTmpfs(path);
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

function mountTmpfs(path: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_KB}k`, 'tmpfs', path]);
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
