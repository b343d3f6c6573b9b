import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { mountObstacle, openSmallDisk, unmount, type SmallDisk } from '../world/small-disk.ts';

const SIZE_KB = 512;

/** Mounting needs root, and a container that allows it. Says what is left out, or fails when everything is required. */
export function disksMissing(): boolean {
  const reason = mountObstacle();
  if (reason === undefined) return false;
  const text = `tests with full and read-only disks mount them, as root on Linux: ${reason}`;
  if (process.env['VROUTER_REQUIRE_ALL'] === '1') throw new Error(text);
  process.stdout.write(`SKIPPED ${text}\n`);
  return true;
}

/** Puts a disk of half a megabyte at the existing, empty folder `path`, until the test is over. */
export function mountSmallDisk(path: string): SmallDisk {
  const disk = openSmallDisk(path, SIZE_KB);
  onTestFinished(() => disk.close());
  return disk;
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
