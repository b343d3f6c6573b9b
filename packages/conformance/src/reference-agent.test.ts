import { afterEach, expect, test } from 'vitest';
import { count } from './run/result.ts';
import { checksFor, runSuite } from './run/run-suite.ts';
import { summary } from './report/table.ts';
import { Sim } from './testing/sim.ts';

const SUITE_MS_MAX = 540_000;

let sim: Sim | undefined;
afterEach(() => sim?.remove());

test(
  'the reference agent passes every check of blueprint, and none is left out',
  { timeout: SUITE_MS_MAX },
  async () => {
    sim = await new Sim('blueprint').start();
    const results = await runSuite(sim.options);
    expect(count(results), summary(results)).toEqual({
      passed: checksFor('blueprint').length,
      failed: 0,
      leftOut: 0,
    });
  },
);
