import { expect, test } from 'vitest';
import { UsageError } from '../command/usage.ts';
import { parseCommand } from './command-line.ts';

const parse = (...argv: readonly string[]) => parseCommand(argv, {});

test.for([
  [['--onyl', '6'], /--onyl/],
  [['6'], /6/],
  [['--only', '16'], /--only: expected a whole number from 1 to 15, got "16"/],
  [['--only', '6,'], /--only: .* got ""/],
  [['--inventory', 'paper'], /--inventory: expected one of file \| vsphere, got paper/],
  [['--lifecycle', 'on'], /expected one of power \| link, got on/],
  [['--profile', 'r9'], /expected one of blueprint \| r3.1 \| r4.1 \| tf, got r9/],
  [['--mode', 'as-compute'], /expected one of standalone .* vcenter-as-compute, got as-compute/],
  [['--variant', 'explode'], /--variant: expected one of stop \| crash/],
  [['--shard', '0/4'], /--shard: expected I\/N with 1 <= I <= N, got 0\/4/],
  [['--shard', '5/4'], /--shard/],
  [['--shard', '1'], /--shard/],
  [['--jobs', '0'], /--jobs: expected a whole number from 1 to 16/],
  [['--json'], /--json: expected a file name/],
  [['--junit'], /junit/],
] as const)('%j is refused with what was expected', ([argv, message]) => {
  expect(() => parse(...argv)).toThrow(message);
  expect(() => parse(...argv)).toThrow(UsageError);
});

test('no flags: everything, nothing written', () => {
  expect(parse()).toEqual({ selection: {}, list: false, jobs: 2, requireAll: false, help: false });
});

test('flags select and say where results go', () => {
  expect(
    parse('--only', '6,7', '--shard', '2/8', '--json', 'a.json', '--junit', 'b.xml', '--jobs', '3'),
  ).toEqual({
    selection: { only: [6, 7], shard: { index: 2, count: 8 } },
    list: false,
    json: 'a.json',
    junit: 'b.xml',
    jobs: 3,
    requireAll: false,
    help: false,
  });
});

test('with --list, --json alone is standard output, wherever it stands', () => {
  expect(parse('--list', '--json').json).toBe('-');
  expect(parse('--json', '--list').json).toBe('-');
  expect(parse('--list', '--json', 'rows.json').json).toBe('rows.json');
});

test('the environment can demand everything too', () => {
  expect(parseCommand([], { VROUTER_REQUIRE_ALL: '1' }).requireAll).toBe(true);
  expect(parse('--require-all').requireAll).toBe(true);
});
