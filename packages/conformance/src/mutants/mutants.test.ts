import { afterAll, expect, test } from 'vitest';
import { CHECKS } from '../checks/all.ts';
import { summary } from '../report/table.ts';
import { count } from '../run/result.ts';
import { MUTANTS } from './all.ts';
import type { Mutant } from './mutation.ts';
import { REAL_MUTANTS as REAL } from './real.ts';
import { REAL_REPLAY_MUTANTS } from './replay.ts';
import { SimPool } from './sim-pool.ts';

const REAL_MUTANTS = [...REAL, ...REAL_REPLAY_MUTANTS];
const MUTANTS_MS_MAX = 600_000;
/** A mutant never settles: waiting long for it helps nobody. */
const SETTLE_MS_MAX = 1_500;

const sims = new SimPool('blueprint', 4);
const realSims = new SimPool('tf', 2);
afterAll(async () => {
  await sims.remove();
  await realSims.remove();
});

test('there are many mutants, and each names checks that exist', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(80);
  const names = new Set(CHECKS.map(({ name }) => name));
  for (const { name, caughtBy } of [...MUTANTS, ...REAL_MUTANTS]) {
    expect(
      caughtBy.filter((check) => !names.has(check)),
      name,
    ).toEqual([]);
    expect(caughtBy.length, name).toBeGreaterThan(0);
  }
});

// Alone, before all others: every check of time has to hold.
test(
  'an agent behind the proxy that is not mutated passes everything',
  { timeout: MUTANTS_MS_MAX },
  async () => {
    const results = await sims.use((sim) => sim.run({}, []));
    expect(count(results), summary(results)).toMatchObject({ failed: 0, leftOut: 0 });
  },
);

test(
  'a real agent behind the proxy that is not mutated passes everything',
  { timeout: MUTANTS_MS_MAX },
  async () => {
    const results = await realSims.use((sim) => sim.run({}, []));
    const notPassed = results.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name);
    const others = CHECKS.filter(
      ({ needs = [] }) => needs.includes('config-missing') || needs.includes('many-syncs'),
    ).map(({ name }) => name);
    expect(
      notPassed.filter((name) => !others.includes(name)),
      summary(results),
    ).toEqual([]);
  },
);

async function expectCaught(pool: SimPool, { make, caughtBy }: Mutant): Promise<void> {
  const results = await pool.use((sim) => sim.run(make(), caughtBy, SETTLE_MS_MAX));
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  expect(failed.sort(), summary(results)).toEqual([...caughtBy].sort());
}

test.concurrent.for(MUTANTS)('an agent that $name is caught', { timeout: MUTANTS_MS_MAX }, (mutant) =>
  expectCaught(sims, mutant),
);

test.concurrent.for(REAL_MUTANTS)(
  'a real agent that $name is caught',
  { timeout: MUTANTS_MS_MAX },
  (mutant) => expectCaught(realSims, mutant),
);
