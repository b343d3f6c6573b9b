import { expect, test } from 'vitest';
import { UsageError } from '../command/usage.ts';
import { parseCommand, repeatCommand } from './command-line.ts';

const parse = (...argv: readonly string[]) => parseCommand(argv, () => 7);

test.for([
  [['--rounds', '0'], /--rounds: expected a whole number from 1 to 100000, got "0"/],
  [['--seed', 'abc'], /--seed: expected a whole number from 0 to 4294967295, got "abc"/],
  [['--lifecycle', 'both'], /--lifecycle: expected one of power \| link, got both/],
  [['--round', '5'], /--round/],
] as const)('%j is refused with what was expected', ([argv, message]) => {
  expect(() => parse(...argv)).toThrow(message);
  expect(() => parse(...argv)).toThrow(UsageError);
});

test('without a seed, a random one that the repeat command names', () => {
  const command = parse('--rounds', '20');
  expect(command).toMatchObject({ rounds: 20, seed: 7, lifecycle: 'power' });
  expect(repeatCommand(command)).toBe('npm run crash-rounds -- --rounds 20 --seed 7 --lifecycle power');
});
