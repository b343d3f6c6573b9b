import { ADD_MUTANTS } from './add.ts';
import { FILE_MUTANTS } from './files.ts';
import { HTTP_MUTANTS } from './http.ts';
import type { Mutant } from './mutation.ts';
import { PORT_MUTANTS } from './ports.ts';
import { REPLAY_MUTANTS } from './replay.ts';
import { RESTART_MUTANTS } from './restart.ts';
import { SWEEP_MUTANTS } from './sweep.ts';

/** Every way of being wrong that we thought of, each to be caught by checks with names. */
export const MUTANTS: readonly Mutant[] = [
  HTTP_MUTANTS,
  ADD_MUTANTS,
  PORT_MUTANTS,
  FILE_MUTANTS,
  SWEEP_MUTANTS,
  RESTART_MUTANTS,
  REPLAY_MUTANTS,
].flat();
