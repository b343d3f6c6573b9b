import { expect, test } from 'vitest';
import { columns } from './columns.ts';

test('columns are aligned, lines have no blanks at their end', () => {
  expect(
    columns([
      ['VM', 'address', ''],
      ['web-1', '10.0.1.11', 'up'],
      ['a', ''],
    ]),
  ).toEqual(['VM     address', 'web-1  10.0.1.11  up', 'a']);
});

test('no rows, no lines', () => {
  expect(columns([])).toEqual([]);
});
