import { expect, test } from 'vitest';
import { mutationPage } from './page.ts';
import { mutantsOf } from './report.ts';
import { mutantLine, percentOf, scoreOf, staleReasons, weakFiles, type Mutant } from './score.ts';
import { TARGETS } from './targets.ts';

const mutant = (changes: Partial<Mutant> = {}): Mutant => ({
  file: 'a.ts',
  line: 1,
  original: 'a < b',
  replacement: 'a <= b',
  fate: 'survived',
  ...changes,
});
const REASON = { file: 'a.ts', original: 'a < b', replacement: 'a <= b', reason: 'never equal' };

test('a survivor counts against the score, unless exactly that one is explained', () => {
  const mutants = [mutant(), mutant({ replacement: 'a > b' }), mutant({ fate: 'killed' })];
  expect(percentOf(scoreOf(mutants, []))).toBe(33.3);
  expect(scoreOf(mutants, [REASON])).toMatchObject({
    killed: 1,
    survivors: [mutants[1]],
    explained: [[mutants[0], REASON]],
  });
  expect(percentOf(scoreOf([mutant({ file: 'b.ts' })], [REASON]))).toBe(0);
});

test('a score is never rounded up over the least', () => {
  const survivors = Array.from({ length: 101 }, () => mutant());
  expect(percentOf({ killed: 899, survivors })).toBe(89.9);
  expect(percentOf({ killed: 0, survivors: [] })).toBe(100);
});

test('a reason for what is killed, or gone, is out of date', () => {
  expect(staleReasons([mutant({ fate: 'killed' })], [REASON])).toEqual([REASON]);
  expect(staleReasons([mutant({ original: 'b < c' })], [REASON])).toEqual([REASON]);
  expect(staleReasons([mutant({ original: 'a\n   < b' })], [REASON])).toEqual([]);
  expect(staleReasons([mutant({ file: 'other.ts' })], [REASON])).toEqual([]);
});

test('a file that nobody tests is named, however good the others are', () => {
  const good = Array.from({ length: 99 }, () => mutant({ fate: 'killed' }));
  const mutants = [...good, mutant({ file: 'b.ts' })];
  expect(weakFiles(mutants, [])).toEqual([['b.ts', 0]]);
  expect(weakFiles(mutants, [{ ...REASON, file: 'b.ts' }])).toEqual([]);
});

test('the page shows each survivor in one line of its table, shortened', () => {
  const [target] = TARGETS;
  const long = mutant({ line: 3, original: `a ||\n  ${'b'.repeat(200)}`, replacement: '' });
  const row = mutationPage(new Map([[target!, [long]]]), [])
    .split('\n')
    .find((line) => line.startsWith('| [`a.ts:3`]'));
  expect(row).toContain('a \\|\\| b');
  expect(row?.length).toBeLessThan(200);
});

test('a survivor is told in one line', () => {
  expect(mutantLine(mutant({ original: 'a\n  < b' }))).toBe('a.ts:1: a < b -> a <= b');
});

test('of a report the text of each mutant is cut from the source; what could not be loaded is left out', () => {
  const place = (line: number, column: number) => ({ line, column });
  const one = (status: string, start = place(2, 5)) => ({
    status,
    replacement: 'x',
    location: { start, end: place(2, 8) },
  });
  const source = 'let a;\nif (a+b) c();\n';
  const statuses = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'];
  const report = { files: { 'a.ts': { source, mutants: statuses.map((status) => one(status)) } } };
  const found = mutantsOf(report);
  expect(found.map(({ fate }) => fate)).toEqual(['killed', 'killed', 'survived', 'survived']);
  expect(found[0]).toEqual({ file: 'a.ts', line: 2, original: 'a+b', replacement: 'x', fate: 'killed' });
  const late = mutantsOf({
    files: { 'a.ts': { source, mutants: [one('Killed', place(2, 7)), one('Survived')] } },
  });
  expect(late.map(({ original }) => original)).toEqual(['a+b', 'b']);
});

test('the page tells each target, each file and each reason', () => {
  const [target] = TARGETS;
  const page = mutationPage(new Map([[target!, [mutant(), mutant({ fate: 'killed' })]]]), [REASON]);
  expect(page).toContain('| [`a.ts`](../../a.ts) | 1 | 0 | 1 | 100.0 % |');
  expect(page).toContain('never equal');
});
