import { expect, test } from 'vitest';
import { UsageError } from '../command/usage.ts';
import { parseCommand, repeatCommand } from './command-line.ts';

const parse = (...argv: readonly string[]) => parseCommand(argv, () => 7);

test.for([
  [['--minutes', '0'], /--minutes: expected more than 0 and at most 10080, got "0"/],
  [['--minutes', ''], /--minutes/],
  [['--rounds', '1.5'], /--rounds: expected a whole number from 1 to 100000, got "1.5"/],
  [['--minutes', '1', '--rounds', '1'], /expected --minutes or --rounds, got both/],
  [['--seed', '-1'], /--seed/],
  [['--mode', 'both'], /--mode: expected one of standalone \| vcenter-only \| vcenter-as-compute, got both/],
  [['--inventory', 'none'], /--inventory: expected one of file \| vsphere, got none/],
  [['--profile', 'r9'], /--profile: expected one of blueprint \| tf, got r9/],
  [['--round', '5'], /--round/],
] as const)('%j is refused with what was expected', ([argv, message]) => {
  expect(() => parse(...argv)).toThrow(message);
  expect(() => parse(...argv)).toThrow(UsageError);
});

test('without flags a few rounds, with a random seed; minutes take the place of a number', () => {
  expect(parse()).toMatchObject({ seed: 7, rounds: 4, timeMs: Infinity, given: {} });
  expect(parse('--minutes', '1.5')).toMatchObject({ rounds: Infinity, timeMs: 90_000 });
});

test('a round is repeated with the seed that it had, and what was asked for', () => {
  const { given } = parse('--mode', 'standalone', '--profile', 'tf');
  expect(repeatCommand(12, given)).toBe(
    'npm run campaign -- --seed 12 --rounds 1 --mode standalone --profile tf',
  );
  expect(parseCommand(['--seed', '12', '--rounds', '1'], () => 7)).toMatchObject({ seed: 12, rounds: 1 });
});
