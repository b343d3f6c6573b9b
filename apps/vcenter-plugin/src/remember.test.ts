import { expect, test } from 'vitest';
import { remembered } from './remember.ts';

test('what was answered is not asked again, be it nothing', () => {
  const asked: string[] = [];
  const of = remembered((text) => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  });
  expect(['', 'ab', '', 'ab'].map(of)).toEqual([undefined, 2, undefined, 2]);
  expect(asked).toEqual(['', 'ab']);
});
