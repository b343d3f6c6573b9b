import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSmallDisk, unmount, type SmallDisk } from '../../world/small-disk.ts';

const LABEL = 'vrouter-campaign-';
const SIZE_KB = 16 * 1024;
const MOUNTS = '/proc/mounts';

/** The small disks of this process; they are gone when it ends, however it does but by SIGKILL. */
export class Disks {
  readonly #open = new Set<SmallDisk>();
  readonly #onExit = (): void => this.close();

  constructor() {
    process.on('exit', this.#onExit);
  }

  /** Puts one at the existing, empty folder `path`. */
  mount(path: string): SmallDisk {
    const disk = openSmallDisk(path, SIZE_KB, `${LABEL}${process.pid}`);
    this.#open.add(disk);
    return disk;
  }

  close(): void {
    process.off('exit', this.#onExit);
    for (const disk of this.#open) disk.close();
    this.#open.clear();
  }
}

/** Takes away what campaigns left behind that were killed, and their folders. Returns where it was. */
export function sweepDisks(): readonly string[] {
  if (process.platform !== 'linux') return [];
  const left = mounted();
  for (const path of left)
    try {
      unmount(path);
    } catch (error) {
      // Another campaign that is just starting may have been faster.
      if (mounted().includes(path)) throw error;
    }
  for (const folder of new Set(left.map((path) => dirname(path))))
    rmSync(folder, { recursive: true, force: true });
  return left;
}

function mounted(): readonly string[] {
  return leftovers(readFileSync(MOUNTS, 'utf8'), isAlive);
}

/** Of a mount table, the disks of campaigns that are not alive. */
export function leftovers(mounts: string, isAlive: (pid: number) => boolean): readonly string[] {
  return mounts.split('\n').flatMap((line) => {
    const [label = '', path = ''] = line.split(' ');
    if (!label.startsWith(LABEL)) return [];
    return isAlive(Number(label.slice(LABEL.length))) ? [] : [path];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
