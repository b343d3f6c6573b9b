import { existsSync } from 'node:fs';
import { startProcess, workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { BENCHES } from './benches.ts';

async function bench(...args: readonly string[]) {
  const process = await startProcess({ name: 'bench', file: workspaceFile('e2e/src/bench/main.ts'), args });
  const { code } = await process.exited;
  return { code, stdout: process.stdout(), stderr: process.stderr() };
}

test('an unknown name is a usage error that tells the known ones', async () => {
  const { code, stderr } = await bench('agnet');
  expect(code).toBe(2);
  expect(stderr).toContain(`expected names out of ${Object.keys(BENCHES).join(', ')}; got agnet`);
});

test('--list tells all names', async () => {
  const { code, stdout } = await bench('--list');
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(Object.keys(BENCHES));
});

test('every benchmark is there', () => {
  expect(Object.values(BENCHES).filter(({ file }) => !existsSync(workspaceFile(file)))).toEqual([]);
});
