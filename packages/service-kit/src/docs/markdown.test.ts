import { expect, test } from 'vitest';
import { table } from './markdown.ts';

test('a bar in a cell does not end it', () => {
  expect(table(['a'], [['x|y']])).toBe('| a |\n| --- |\n| x\\|y |');
});
