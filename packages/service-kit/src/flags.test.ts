import { expect, test } from 'vitest';
import { helpLines, parseCommandLine, type Flags } from './flags.ts';

const FLAGS: Flags = {
  'state-dir': { value: 'DIR', help: 'where the state lives' },
  verbose: { help: 'say more' },
};

test('values by camelCase key, only those given', () => {
  expect(parseCommandLine(FLAGS, ['--state-dir', 'd', '--verbose', 'run', 'x'])).toEqual({
    values: { stateDir: 'd', verbose: true },
    positionals: ['run', 'x'],
  });
  expect(parseCommandLine(FLAGS, [])).toEqual({ values: {}, positionals: [] });
  expect(parseCommandLine(FLAGS, ['--state-dir=a', '--state-dir=b']).values).toEqual({ stateDir: 'b' });
});

test.each([
  ['an unknown flag', ['--colour'], "Unknown option '--colour'. Known flags: --state-dir, --verbose."],
  ['a missing value', ['--state-dir'], "Option '--state-dir <value>' argument missing. Known flags:"],
  [
    'a value that looks like a flag',
    ['--state-dir', '--verbose'],
    "Option '--state-dir' argument is ambiguous. Known",
  ],
  [
    'a value where none belongs',
    ['--verbose=3'],
    "Option '--verbose' does not take an argument. Known flags:",
  ],
])('%s is wrong usage', (_name, argv, message) => {
  expect(() => parseCommandLine(FLAGS, argv)).toThrow(
    expect.objectContaining({ code: 'BAD_USAGE', exitCode: 2, message: expect.stringContaining(message) }),
  );
});

test('help is aligned', () => {
  expect(helpLines(FLAGS)).toEqual([
    '  --state-dir DIR  where the state lives',
    '  --verbose        say more',
  ]);
  expect(helpLines({})).toEqual([]);
});
