import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { runBenches } from './run-benches.ts';

function setUp() {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const program = (name: string, text: string) => {
    const file = join(folder.path, `${name}.mjs`);
    writeFileSync(file, text);
    return { title: `the ${name}`, file };
  };
  const measuring = (name: string, value: number) => {
    const rows = [{ name: 'speed', value, unit: 'x', bound: { atLeast: 3 } }];
    const result = JSON.stringify({ method: 'Guessed.', rounds: 5, rows });
    return program(name, `process.stdout.write(${JSON.stringify(result)})`);
  };
  const benches = {
    broken: program('broken', 'process.exit(1)'),
    slow: measuring('slow', 2),
    quick: measuring('quick', 4),
  };
  const json = join(folder.path, 'out.json');
  const run = async (...names: readonly string[]) => {
    const said: string[] = [];
    const command = { names, json, list: false, docs: false, help: false };
    const isGood = await runBenches(benches, command, (text) => said.push(text));
    return { isGood, said: said.join('\n'), written: JSON.parse(readFileSync(json, 'utf8')) as unknown };
  };
  return run;
}

test('a missed bound and a failed benchmark are named, and the others are measured all the same', async () => {
  const run = setUp();
  const { isGood, said, written } = await run('broken', 'slow', 'quick');
  expect(isGood).toBe(false);
  expect(said).toContain('broken could not be measured: it ended with exit code 1');
  expect(said).toContain('slow: speed: must be at least 3, got 2 x');
  expect(said).toContain('the quick');
  expect(written).toMatchObject({
    benches: [
      { name: 'slow', rows: [{ missed: true }] },
      { name: 'quick', rows: [{ missed: false }] },
    ],
    complaints: [expect.stringContaining('broken'), expect.stringContaining('slow')],
  });
});

test('when all is reached, machine, method and figures are written', async () => {
  const run = setUp();
  const { isGood, said, written } = await run('quick');
  expect([isGood, said]).toEqual([true, expect.stringContaining('all bounds reached')]);
  expect(written).toMatchObject({
    machine: { cores: expect.any(Number), cpu: expect.any(String), node: process.versions.node },
    benches: [{ name: 'quick', method: 'Guessed.', rounds: 5, rows: [{ value: 4 }] }],
    complaints: [],
  });
});
