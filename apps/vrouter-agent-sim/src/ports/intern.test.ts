import { expect, test } from 'vitest';
import { interner } from './intern.ts';

test('what comes out is what went in, the first time and later', () => {
  const intern = interner();
  expect(['a', 'b', 'a', 'a'].map(intern)).toEqual(['a', 'b', 'a', 'a']);
});
