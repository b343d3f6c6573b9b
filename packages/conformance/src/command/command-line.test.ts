import { expect, test } from 'vitest';
import { helpText, parseCommandLine, FLAGS } from './command-line.ts';

const URL_FLAG = ['--url', 'http://127.0.0.1:9091'];

test('bad usage says what was expected and what came', () => {
  const mistakes: [string[], RegExp][] = [
    [[], /--url: expected a URL, got nothing/],
    [[...URL_FLAG, '--profile', 'r9'], /--profile: expected blueprint, r3\.1, r4\.1, tf, got "r9"/],
    [[...URL_FLAG, '--stale-timeout', 'soon'], /--stale-timeout: expected seconds above 0, got "soon"/],
    [[...URL_FLAG, '--stale-timeout', '0'], /above 0/],
    [[...URL_FLAG, '--stale-timeout', ' '], /above 0/],
    [[...URL_FLAG, '--config', 'maybe'], /--config: expected delivered, missing, got "maybe"/],
    [[...URL_FLAG, '--client-cert', 'x'], /--client-cert and --client-key go together/],
    [[...URL_FLAG, '--ca', '/nowhere/ca'], /--ca: ENOENT/],
    [[...URL_FLAG, '--nonsense'], /nonsense/],
    [[...URL_FLAG, 'extra'], /extra/],
    [['--url'], /url/],
  ];
  for (const [args, message] of mistakes) {
    expect(() => parseCommandLine(args), args.join(' ')).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => parseCommandLine(args), args.join(' ')).toThrow(message);
  }
});

test('nothing that touches others is allowed unless asked for', () => {
  expect(parseCommandLine(URL_FLAG)).toMatchObject({
    profile: 'blueprint',
    allowSweep: false,
    allowFolderOutage: false,
    only: [],
  });
});

test('flags are read; seconds become milliseconds, lists are cut at commas', () => {
  const args = [
    ...URL_FLAG,
    '--stale-timeout',
    '1.5',
    '--only',
    'get,A5,,arrays/*',
    '--allow-sweep',
    '--profile',
    'tf',
  ];
  expect(parseCommandLine(args)).toMatchObject({
    staleTimeoutMs: 1500,
    only: ['get', 'A5', 'arrays/*'],
    allowSweep: true,
    profile: 'tf',
  });
});

test('--list and --help need no agent; the help names every flag', () => {
  expect(parseCommandLine(['--list']).list).toBe(true);
  expect(parseCommandLine(['--help']).help).toBe(true);
  for (const name of Object.keys(FLAGS)) expect(helpText()).toContain(`--${name}`);
});
