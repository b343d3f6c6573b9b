import { readFileSync } from 'node:fs';
import { workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { MUTANTS } from './all.ts';
import { mutated } from './mutated.ts';
import { SURVIVORS } from './survivors.ts';

test('every mutant has a name of its own, and there are enough of them', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
});

test('the place of every mutant is in its file, once', () => {
  for (const mutant of MUTANTS) {
    const source = readFileSync(workspaceFile(mutant.file), 'utf8');
    expect(mutated(mutant, source), mutant.name).not.toBe(source);
  }
});

test('only mutants are explained', () => {
  const names = MUTANTS.map(({ name }) => name);
  for (const name of Object.keys(SURVIVORS)) expect(names).toContain(name);
});

test('a mistake is made in its one place, or not at all', () => {
  const mutant = { name: 'off by one', file: 'a.ts', find: 'n + 1', replace: 'n + 2' };
  expect(mutated(mutant, 'let m = n + 1;')).toBe('let m = n + 2;');
  expect(() => mutated(mutant, 'let m = n;')).toThrow('its place is 0 times in a.ts');
  expect(() => mutated(mutant, 'n + 1 + n + 1')).toThrow('2 times');
});
