import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processes of this machine that have something to do with `folder`, by their command lines. None where nobody can tell. */
export function leftBehind(folder: string): readonly string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `${pid} ${commandOf(pid)}`)
    .filter((line) => line.includes(folder));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ''; // it has just ended
  }
}
