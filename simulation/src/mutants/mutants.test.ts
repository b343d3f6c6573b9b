import { readFileSync } from 'node:fs';
import { workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { MUTANTS } from './all.ts';
import { mutated } from './mutated.ts';

test('every mutant has its place in the code, once, and a name of its own', () => {
  for (const mutant of MUTANTS) {
    const source = readFileSync(workspaceFile(mutant.file), 'utf8');
    expect(mutated(mutant, source), mutant.name).not.toBe(source);
  }
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
});
