import type { Explained } from './score.ts';

/** Mutants that stay alive, each with the reason: all that is left out of the score. */
export const EXPLAINED: readonly Explained[] = [];
