import { readFileSync } from 'node:fs';
import { workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommand } from './command-line.ts';
import { allRows, type Row } from './rows.ts';
import { select, USUAL } from './selection.ts';

/** A shard with more rows than this takes too long for a pull request: add shards. */
const ROWS_PER_SHARD_MAX = 20;

interface Job {
  readonly strategy: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> };
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

const { jobs } = parse(readFileSync(workspaceFile('.github/workflows/scenarios.yml'), 'utf8')) as {
  readonly jobs: { readonly scenarios: Job; readonly others: Job };
};

/** The commands that a job's matrix runs, as our own command line understands them. */
function commandsOf({ strategy, steps }: Job, key: string) {
  const step = steps.find(({ run }) => run?.startsWith('npm run scenarios -- '))?.run ?? '';
  return (strategy.matrix[key] ?? []).map((value) => {
    const typed = step.replace(`\${{ matrix.${key} }}`, String(value)).split(/\s+/).slice(4);
    return parseCommand(typed, {});
  });
}

const shards = commandsOf(jobs.scenarios, 'shard');
const others = commandsOf(jobs.others, 'setting');

test('the jobs of the workflow run every row exactly once', () => {
  const rows = shards.flatMap(({ selection }) => select(allRows(), selection));
  const names = (of: readonly unknown[]): readonly string[] => of.map((row) => JSON.stringify(row)).sort();
  expect(names(rows)).toEqual(names(select(allRows(), {})));
});

test('there are enough jobs for the number of rows, and none is idle', () => {
  const sizes = shards.map(({ selection }) => select(allRows(), selection).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ROWS_PER_SHARD_MAX);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
});

test('every mode and profile that is not the usual one has a job', () => {
  const settings = (of: readonly Row[]): readonly string[] =>
    [...new Set(of.map(({ mode, profile }) => `${mode} ${profile}`))].sort();
  const run = others.flatMap(({ selection }) => select(allRows(), selection));
  const wanted = allRows().filter(
    ({ mode, profile }) => (mode === USUAL.mode) !== (profile === USUAL.profile),
  );
  expect(settings(run)).toEqual(settings(wanted));
});

test('nothing is left out in silence: the system packages are installed and required', () => {
  for (const { steps } of [jobs.scenarios, jobs.others]) {
    expect(steps.some(({ run }) => run?.includes('scripts/system-packages'))).toBe(true);
  }
  expect([...shards, ...others].every(({ requireAll, junit }) => requireAll && junit !== undefined)).toBe(
    true,
  );
});
