import { expect, test } from 'vitest';
import { numberSetting } from './number-setting.ts';

const seconds = numberSetting('seconds', { min: 0, max: 60, whole: false });
const seed = numberSetting('', { min: 0, max: 9, whole: true });
const agents = numberSetting('agents', { min: 1, max: 9, whole: true });

test.each([
  [0.5, 0.5],
  ['0.5', 0.5],
  [' 60 ', 60],
])('%j is taken as a number', (input, number) => {
  expect(seconds.parse(input)).toBe(number);
});

test.each(['', ' ', 'soon', '1s', null, true, -1, 61, Number.NaN])('%j is refused and shown', (input) => {
  expect(seconds.safeParse(input).error?.issues[0]?.message).toBe(
    `expected seconds from 0 to 60, got ${JSON.stringify(input)}`,
  );
});

test.each([1.5, '1.5', 0, '10'])('%j is refused where a whole number from 1 to 9 is expected', (input) => {
  expect(agents.safeParse(input).error?.issues[0]?.message).toBe(
    `expected a whole number of agents from 1 to 9, got ${Number(input)}`,
  );
});

test('a number of nothing is called just that', () => {
  expect(seed.safeParse('x').error?.issues[0]?.message).toBe('expected a whole number from 0 to 9, got "x"');
});
