import type { Mutant } from './mutant.ts';

/** `source` with the mistake of `mutant` in it. Throws when its place is not there exactly once. */
export function mutated({ name, file, find, replace }: Mutant, source: string): string {
  const count = source.split(find).length - 1;
  if (count !== 1)
    throw new Error(`mutant "${name}": its place is ${count} times in ${file}, not once: ${find}`);
  return source.replace(find, () => replace);
}
