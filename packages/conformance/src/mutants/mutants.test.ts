import { afterAll, expect, test } from 'vitest';
import { PROFILE_NAMES, type ProfileName } from '../profiles.ts';
import { summary } from '../report/table.ts';
import { count } from '../run/result.ts';
import { checksFor } from '../run/run-suite.ts';
import { MUTANTS } from './all.ts';
import { SimPool } from './sim-pool.ts';

const MUTANTS_MS_MAX = 600_000;
/** A mutant never settles: waiting long for it helps nobody. */
const SETTLE_MS_MAX = 1_500;

const POOLS: Readonly<Record<ProfileName, SimPool>> = {
  blueprint: new SimPool('blueprint', 4),
  'r3.1': new SimPool('r3.1', 1),
  'r4.1': new SimPool('r4.1', 1),
  tf: new SimPool('tf', 2),
};
afterAll(() => Promise.all(Object.values(POOLS).map((pool) => pool.remove())));

const ALL = PROFILE_NAMES.flatMap((profile) => MUTANTS[profile].map((mutant) => ({ profile, ...mutant })));

test('there are many mutants, and each names checks of its profile', () => {
  expect(ALL.length).toBeGreaterThanOrEqual(150);
  for (const { profile, name, caughtBy } of ALL) {
    const checks = new Set(checksFor(profile).map((check) => check.name));
    expect(
      caughtBy.filter((check) => !checks.has(check)),
      `${profile}: ${name}`,
    ).toEqual([]);
    expect(caughtBy.length, `${profile}: ${name}`).toBeGreaterThan(0);
  }
});

// Alone, before all others: every check of time has to hold.
test(
  'an agent behind the proxy that is not mutated passes everything',
  { timeout: MUTANTS_MS_MAX },
  async () => {
    const results = await POOLS.blueprint.use((sim) => sim.run({}, []));
    expect(count(results), summary(results)).toMatchObject({ failed: 0, leftOut: 0 });
  },
);

test(
  'a real agent behind the proxy that is not mutated passes everything',
  { timeout: MUTANTS_MS_MAX },
  async () => {
    const results = await POOLS.tf.use((sim) => sim.run({}, []));
    const notPassed = results.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name);
    const others = checksFor('tf')
      .filter(({ needs = [] }) => needs.includes('config-missing') || needs.includes('many-syncs'))
      .map(({ name }) => name);
    expect(
      notPassed.filter((name) => !others.includes(name)),
      summary(results),
    ).toEqual([]);
  },
);

test.for<ProfileName>(['r3.1', 'r4.1'])(
  'a real agent of %s behind the proxy that is not mutated passes what mutants are caught by',
  { timeout: MUTANTS_MS_MAX },
  async (profile) => {
    const names = [...new Set(MUTANTS[profile].flatMap(({ caughtBy }) => caughtBy))];
    const results = await POOLS[profile].use((sim) => sim.run({}, names));
    expect(count(results), summary(results)).toMatchObject({ passed: names.length });
  },
);

test.concurrent.for(ALL)(
  '$profile: an agent that $name is caught',
  { timeout: MUTANTS_MS_MAX },
  async ({ profile, make, caughtBy }) => {
    const results = await POOLS[profile].use((sim) => sim.run(make(), caughtBy, SETTLE_MS_MAX));
    const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
    expect(failed.sort(), summary(results)).toEqual([...caughtBy].sort());
  },
);
