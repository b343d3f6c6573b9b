import { expect, test } from 'vitest';
import type { Config, Need } from './needs.ts';
import type { ProfileName } from './profiles.ts';
import { summary } from './report/table.ts';
import type { Result } from './run/result.ts';
import { checksFor, runSuite, type SuiteOptions } from './run/run-suite.ts';
import { Sim } from './testing/sim.ts';

const SUITE_MS_MAX = 900_000;

async function resultsOf(
  profile: ProfileName,
  config: Config,
  more: Pick<SuiteOptions, 'only' | 'allowManySyncs'>,
): Promise<readonly Result[]> {
  const sim = await new Sim(profile, config).start();
  try {
    return await runSuite({ ...sim.options, ...more });
  } finally {
    await sim.remove();
  }
}

const needing = (profile: ProfileName, ...wanted: readonly Need[]): string[] =>
  checksFor(profile)
    .filter(({ needs }) => needs?.some((need) => wanted.includes(need)))
    .map(({ name }) => name);

// They wait most of the time, so side by side they take no longer than one.
test.concurrent.for(['blueprint', 'r3.1', 'r4.1', 'tf'] as const)(
  'the reference agent passes every check of %s',
  { timeout: SUITE_MS_MAX },
  async (profile) => {
    const results = await resultsOf(profile, 'delivered', {});
    const notPassed = results.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name);
    expect(notPassed, summary(results)).toEqual(needing(profile, 'config-missing', 'many-syncs'));
  },
);

test.concurrent.for(['r4.1', 'tf'] as const)(
  'the reference agent passes what %s does without configuration',
  { timeout: SUITE_MS_MAX },
  async (profile) => {
    const only = needing(profile, 'config-missing');
    const results = await resultsOf(profile, 'missing', { only });
    expect(results.map(({ name }) => name)).toEqual(only);
    expect(
      results.filter(({ outcome }) => outcome !== 'passed'),
      summary(results),
    ).toEqual([]);
  },
);

// Only two: it takes long, and one counts with 16 bits, the other with more.
test.concurrent.for(['r3.1', 'tf'] as const)(
  'the reference agent passes what %s does after many syncs',
  { timeout: SUITE_MS_MAX },
  async (profile) => {
    const only = needing(profile, 'many-syncs');
    const results = await resultsOf(profile, 'delivered', { only, allowManySyncs: true });
    expect(
      results.map(({ outcome }) => outcome),
      summary(results),
    ).toEqual(['passed']);
  },
);
