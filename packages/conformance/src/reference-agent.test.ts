import { expect, test } from 'vitest';
import type { Config } from './needs.ts';
import type { ProfileName } from './profiles.ts';
import { summary } from './report/table.ts';
import type { Result } from './run/result.ts';
import { checksFor, runSuite } from './run/run-suite.ts';
import { Sim } from './testing/sim.ts';

const SUITE_MS_MAX = 900_000;

async function resultsOf(
  profile: ProfileName,
  config: Config,
  only: readonly string[],
): Promise<readonly Result[]> {
  const sim = await new Sim(profile, config).start();
  try {
    return await runSuite({ ...sim.options, only });
  } finally {
    await sim.remove();
  }
}

const needing = (profile: ProfileName, need: 'config-missing'): string[] =>
  checksFor(profile)
    .filter(({ needs }) => needs?.includes(need))
    .map(({ name }) => name);

// They wait most of the time, so side by side they take no longer than one.
test.concurrent.for(['blueprint', 'r3.1', 'r4.1', 'tf'] as const)(
  'the reference agent passes every check of %s',
  { timeout: SUITE_MS_MAX },
  async (profile) => {
    const results = await resultsOf(profile, 'delivered', []);
    const notPassed = results.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name);
    expect(notPassed, summary(results)).toEqual(needing(profile, 'config-missing'));
  },
);

test.concurrent.for(['r4.1', 'tf'] as const)(
  'the reference agent passes what %s does without configuration',
  { timeout: SUITE_MS_MAX },
  async (profile) => {
    const only = needing(profile, 'config-missing');
    const results = await resultsOf(profile, 'missing', only);
    expect(results.map(({ name }) => name)).toEqual(only);
    expect(
      results.filter(({ outcome }) => outcome !== 'passed'),
      summary(results),
    ).toEqual([]);
  },
);
