import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, temporaryFolder, workspaceFile } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { allRows } from './rows.ts';
import { select } from './selection.ts';

/** The keys that outside tools read. */
const KEYS = [
  'scenario',
  'title',
  'inventory',
  'lifecycle',
  'mode',
  'profile',
  'dataplane',
  'variant',
  'passed',
  'durationMs',
  'error',
];

async function scenarios(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
  const process = await startProcess({
    name: 'scenarios',
    file: workspaceFile('e2e/src/matrix/main.ts'),
    args,
    env: { VROUTER_REQUIRE_ALL: undefined, ...env },
  });
  const { code } = await process.exited;
  return { code, stdout: process.stdout(), stderr: process.stderr() };
}

test('a mistyped flag, and flags that fit no run, are usage errors', async () => {
  expect(await scenarios(['--onyl', '6'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--onyl'),
  });
  const none = await scenarios(['--only', '1', '--variant', 'crash']);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('no run fits these flags') });
});

test('--list --json is the rows and nothing else, for a CI to fan out', async () => {
  const { code, stdout } = await scenarios(['--list', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(select(allRows(), {}));
});

test('more shards than rows is fine', async () => {
  const { code, stdout } = await scenarios(['--only', '1', '--shard', '9/9']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('0 runs')]);
});

test('what cannot run here is skipped with reason and remedy, and fails when all is required', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const json = join(folder.path, 'rows.json');
  const args = ['--only', '1', '--inventory', 'vsphere', '--lifecycle', 'power', '--json', json];
  // Without a Go compiler on the path there is no vCenter simulator.
  const env = { PATH: folder.path };

  const skipped = await scenarios(args, env);
  expect(skipped.code).toBe(0);
  expect(skipped.stdout).toContain('1 runs: 0 passed, 0 failed, 1 skipped');
  const rows = JSON.parse(readFileSync(json, 'utf8')) as Record<string, unknown>[];
  expect(rows.map((row) => Object.keys(row))).toEqual([KEYS]);
  expect(rows[0]).toMatchObject({
    passed: false,
    error: expect.stringMatching(/^skipped: .*golang-go.*to get it/),
  });

  expect((await scenarios([...args, '--require-all'], env)).code).toBe(1);
  expect((await scenarios(args, { ...env, VROUTER_REQUIRE_ALL: '1' })).code).toBe(1);
});
