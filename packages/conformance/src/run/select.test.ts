import { expect, test } from 'vitest';
import { isSelected } from './select.ts';

const check = { name: 'add-reject/type-missing', fact: '41' } as const;

test('a pattern is a name, a topic, a behaviour, or text with stars; anything else fits nothing', () => {
  for (const pattern of ['add-reject/type-missing', 'add-reject', '41', 'add-*', '*/type-*', '*missing']) {
    expect(isSelected(check, [pattern]), pattern).toBe(true);
  }
  for (const pattern of [
    'add',
    'type-missing',
    '4',
    '411',
    'add-reject/type',
    '.*',
    'add-reject/type.missing',
  ]) {
    expect(isSelected(check, [pattern]), pattern).toBe(false);
  }
});

test('no pattern fits all; of several one must fit', () => {
  expect(isSelected(check, [])).toBe(true);
  expect(isSelected(check, ['x', '41'])).toBe(true);
});
