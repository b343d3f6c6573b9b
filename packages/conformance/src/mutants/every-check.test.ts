import { expect, test } from 'vitest';
import type { Config } from '../needs.ts';
import { PROFILE_NAMES, type ProfileName } from '../profiles.ts';
import { checksFor } from '../run/run-suite.ts';
import { MUTANTS } from './all.ts';
import { MutatedSim } from './mutated-sim.ts';
import { answerWith, type Mutation } from './mutation.ts';

const SETTLE_MS_MAX = 200;

/** The bluntest mutant of all: it shows of nearly every check that it looks at an answer. */
const REFUSES_ALL: Mutation = { request: () => ({ answer: answerWith(418, { error: 'no' }) }) };

async function failing(
  profile: ProfileName,
  config: Config,
  names: readonly string[],
): Promise<readonly string[]> {
  const sim = new MutatedSim(profile, config);
  try {
    await sim.start();
    const results = await sim.run(REFUSES_ALL, names, SETTLE_MS_MAX);
    return results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  } finally {
    await sim.remove();
  }
}

test.for(PROFILE_NAMES)('each check of %s was seen to fail', { timeout: 600_000 }, async (profile) => {
  const checks = checksFor(profile);
  const namesWith = (config: Config): string[] =>
    checks.filter(({ needs = [] }) => needs.includes(`config-${config}`)).map(({ name }) => name);
  const seen = new Set<string>([
    ...(await failing(profile, 'delivered', [])),
    ...(namesWith('missing').length > 0 ? await failing(profile, 'missing', namesWith('missing')) : []),
    ...MUTANTS[profile].flatMap(({ caughtBy }) => caughtBy),
  ]);
  const others = checks.map(({ name }) => name).filter((name) => !seen.has(name));
  expect(others).toEqual([]);
});
