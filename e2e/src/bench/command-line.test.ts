import { expect, test } from 'vitest';
import { UsageError } from '../command/usage.ts';
import { parseCommand } from './command-line.ts';

const parse = (...argv: readonly string[]) => parseCommand(argv, ['agent', 'vcenter']);

test.for([
  [['agnet'], /expected names out of agent, vcenter; got agnet/],
  [['agent', 'x', 'y'], /got x, y/],
  [['--jsno', 'a.json'], /--jsno/],
  [['--json'], /json/],
  [['--rounds', '4'], /--rounds: expected a whole number from 5 to 1000, got "4"/],
  [['--rounds', 'many'], /got "many"/],
] as const)('%j is refused with what was expected', ([argv, message]) => {
  expect(() => parse(...argv)).toThrow(message);
  expect(() => parse(...argv)).toThrow(UsageError);
});

test('without names, all are meant', () => {
  expect(parse()).toEqual({ names: ['agent', 'vcenter'], list: false, docs: false, help: false });
});

test('names are taken once, in order, and flags say the rest', () => {
  expect(parse('vcenter', 'agent', 'vcenter', '--json', 'a.json', '--rounds', '7', '--docs')).toEqual({
    names: ['vcenter', 'agent'],
    json: 'a.json',
    rounds: 7,
    list: false,
    docs: true,
    help: false,
  });
});
