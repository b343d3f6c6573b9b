import { readFileSync } from 'node:fs';
import { workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommand } from './command-line.ts';
import { allRows } from './rows.ts';
import { select } from './selection.ts';

/** A shard with more rows than this takes too long for a pull request: add shards. */
const ROWS_PER_SHARD_MAX = 20;

interface Workflow {
  readonly jobs: {
    readonly scenarios: {
      readonly strategy: { readonly matrix: { readonly shard: readonly number[] } };
      readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
    };
  };
}

const job = (parse(readFileSync(workspaceFile('.github/workflows/scenarios.yml'), 'utf8')) as Workflow).jobs
  .scenarios;
const shards = job.strategy.matrix.shard;

/** The commands that the workflow's jobs run, as our own command line understands them. */
function commands() {
  const step = job.steps.find(({ run }) => run?.startsWith('npm run scenarios -- '))?.run ?? '';
  return shards.map((shard) => {
    const typed = step.replace('${{ matrix.shard }}', String(shard)).split(/\s+/).slice(4);
    return parseCommand(typed, {});
  });
}

test('the jobs of the workflow run every row exactly once', () => {
  const rows = commands().flatMap(({ selection }) => select(allRows(), selection));
  const names = (of: readonly unknown[]): readonly string[] => of.map((row) => JSON.stringify(row)).sort();
  expect(names(rows)).toEqual(names(select(allRows(), {})));
});

test('there are enough jobs for the number of rows, and none is idle', () => {
  const sizes = commands().map(({ selection }) => select(allRows(), selection).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ROWS_PER_SHARD_MAX);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
});

test('nothing is left out in silence: the system packages are installed and required', () => {
  expect(job.steps.some(({ run }) => run?.includes('scripts/system-packages'))).toBe(true);
  expect(commands().every(({ requireAll, junit }) => requireAll && junit !== undefined)).toBe(true);
});
