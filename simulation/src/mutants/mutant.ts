/** One mistake in one place of the code: a text of `file`, which is there once, and what stands there instead. */
export interface Mutant {
  /** What the mistake does, in the words of a reviewer. */
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What the mutants of one file have in common. */
export function inFile(
  file: string,
  mutants: readonly (readonly [name: string, find: string, replace: string])[],
): Mutant[] {
  return mutants.map(([name, find, replace]) => ({ name, file, find, replace }));
}
