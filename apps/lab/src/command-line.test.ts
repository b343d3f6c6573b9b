import { expect, test } from 'vitest';
import { HELP, parseCommand } from './command-line.ts';

test('what is unknown is refused, by name', () => {
  expect(() => parseCommand(['--dmeo'])).toThrow(/--dmeo/);
  expect(() => parseCommand(['demo'])).toThrow(/expected flags only, got "demo"/);
  expect(() => parseCommand(['--state-dir'])).toThrow(/--state-dir/);
  expect(() => parseCommand(['--state-dir', ''])).toThrow(/expected a folder/);
});

test('without flags: the lab waits for the user, in a temporary folder', () => {
  expect(parseCommand([])).toEqual({ demo: false, stateDir: undefined, help: false });
});

test('a named folder is relative to where the user is', () => {
  expect(parseCommand(['--demo', '--state-dir', 'here'])).toEqual({
    demo: true,
    stateDir: `${process.cwd()}/here`,
    help: false,
  });
});

test('the help names every flag', () => {
  for (const flag of ['--demo', '--state-dir DIR', '--help']) expect(HELP).toContain(flag);
});
