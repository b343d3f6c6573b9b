import { expect, test } from 'vitest';
import { UsageError } from '../command/usage.ts';
import { parseCommand, repeatCommand } from './command-line.ts';

const parse = (...argv: readonly string[]) => parseCommand(argv, () => 7);

test.for([
  [['--minutes', '0'], /--minutes: expected a whole number from 1 to 1440, got "0"/],
  [['--seed', 'abc'], /--seed: expected a whole number from 0 to 2147483647, got "abc"/],
  [['--profile', 'r9'], /--profile: expected one of blueprint, r3\.1, r4\.1, tf, got r9/],
  [['--minutes', '1', '--attacks', '5'], /expected one of them/],
  [['--minute', '5'], /--minute/],
] as const)('%j is refused with what was expected', ([argv, message]) => {
  expect(() => parse(...argv)).toThrow(message);
  expect(() => parse(...argv)).toThrow(UsageError);
});

test('ten minutes of the blueprint, unless told otherwise', () => {
  expect(parse()).toMatchObject({ until: { minutes: 10 }, profile: 'blueprint', seed: 7 });
});

test('the command that repeats a failure says how far to go, and is understood', () => {
  const command = repeatCommand({ seed: 7, profile: 'tf' }, 600);
  expect(command).toBe('npm run fuzz -- --seed 7 --profile tf --attacks 600');
  const argv = command.split(' ').slice(4);
  expect(parse(...argv)).toMatchObject({ until: { attacks: 600 }, profile: 'tf', seed: 7 });
});
