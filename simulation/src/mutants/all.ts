import { AGENT_MUTANTS } from './agent-mutants.ts';
import type { Mutant } from './mutant.ts';
import { PLUGIN_MUTANTS } from './plugin-mutants.ts';

export const MUTANTS: readonly Mutant[] = [...PLUGIN_MUTANTS, ...AGENT_MUTANTS];
