import type { ProfileName } from '../profiles.ts';
import { checksFor } from '../run/run-suite.ts';
import { ADD_MUTANTS } from './add.ts';
import { FILE_MUTANTS } from './files.ts';
import { HTTP_MUTANTS } from './http.ts';
import { INTROSPECT_MUTANTS, REAL_INTROSPECT_MUTANTS } from './introspect.ts';
import type { Mutant } from './mutation.ts';
import { PORT_MUTANTS } from './ports.ts';
import { FIRST_RELEASE_MUTANTS } from './r3.1.ts';
import { NORMALISING_RELEASE_MUTANTS } from './r4.1.ts';
import { REAL_MUTANTS } from './real.ts';
import { REAL_REPLAY_MUTANTS, REPLAY_MUTANTS } from './replay.ts';
import { RESTART_MUTANTS } from './restart.ts';
import { SWEEP_MUTANTS } from './sweep.ts';

const REAL = [...REAL_MUTANTS, ...REAL_REPLAY_MUTANTS, ...REAL_INTROSPECT_MUTANTS];

/** Every way of being wrong that we thought of, by the profile that it is wrong for, each to be caught by checks with names. */
export const MUTANTS: Readonly<Record<ProfileName, readonly Mutant[]>> = {
  blueprint: [
    HTTP_MUTANTS,
    ADD_MUTANTS,
    PORT_MUTANTS,
    FILE_MUTANTS,
    SWEEP_MUTANTS,
    RESTART_MUTANTS,
    REPLAY_MUTANTS,
    thoseWithChecks(INTROSPECT_MUTANTS, 'blueprint'),
  ].flat(),
  'r3.1': [...thoseWithChecks(REAL.filter(isWrongForAll), 'r3.1'), ...FIRST_RELEASE_MUTANTS],
  'r4.1': [...thoseWithChecks(REAL, 'r4.1'), ...NORMALISING_RELEASE_MUTANTS],
  tf: REAL,
};

/** The first release is that way, or says it in other words. */
function isWrongForAll({ name }: Mutant): boolean {
  return ![
    'says field of every field',
    'does not echo what it could not read',
    'keeps VLANs in 12 bits',
    'counts generations in more than 16 bits',
  ].includes(name);
}

/** What is wrong for the real agent of one release is so for another, as far as it is checked there. */
function thoseWithChecks(mutants: readonly Mutant[], profile: ProfileName): readonly Mutant[] {
  const names = new Set(checksFor(profile).map(({ name }) => name));
  return mutants
    .map((mutant) => ({ ...mutant, caughtBy: mutant.caughtBy.filter((name) => names.has(name)) }))
    .filter(({ caughtBy }) => caughtBy.length > 0);
}
