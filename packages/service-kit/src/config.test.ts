import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig, type ConfigSources } from './config.ts';
import { StartError } from './errors.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const Schema = z.strictObject({
  stateDir: z.string().default('./state'),
  staleTimeout: z.coerce.number().positive().default(60),
  password: z.string().optional(),
  timeouts: z
    .strictObject({ connectMs: z.coerce.number().default(1000), responseMs: z.coerce.number().default(5000) })
    .prefault({}),
  agents: z.array(z.strictObject({ name: z.string() })).default([]),
});

function file(text: string): string {
  const path = join(folder.path, 'config.yaml');
  writeFileSync(path, text);
  return path;
}

function load(sources: Partial<ConfigSources>): z.output<typeof Schema> {
  return loadConfig(Schema, { envPrefix: 'APP_', env: {}, flags: {}, ...sources });
}

function errorOf(sources: Partial<ConfigSources>): StartError {
  try {
    load(sources);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('without sources: the defaults', () => {
  expect(load({})).toEqual({
    stateDir: './state',
    staleTimeout: 60,
    timeouts: { connectMs: 1000, responseMs: 5000 },
    agents: [],
  });
});

test('defaults < file < environment < flags, key by key', () => {
  const config = load({
    file: file('stateDir: file\nstaleTimeout: 1\ntimeouts: { connectMs: 10, responseMs: 20 }\n'),
    env: { APP_STALE_TIMEOUT: '2', APP_TIMEOUTS__RESPONSE_MS: '30', APP_STATE_DIR: 'env', OTHER: 'x' },
    flags: { stateDir: 'flag' },
  });
  expect(config).toMatchObject({
    stateDir: 'flag',
    staleTimeout: 2,
    timeouts: { connectMs: 10, responseMs: 30 },
  });
});

test('arrays are replaced, not mixed', () => {
  const config = load({
    file: file('agents: [{ name: a }, { name: b }]'),
    flags: { agents: [{ name: 'c' }] },
  });
  expect(config.agents).toEqual([{ name: 'c' }]);
});

test('JSON, empty and comment-only files are fine', () => {
  expect(load({ file: file('{"stateDir": "json"}') }).stateDir).toBe('json');
  expect(load({ file: file('') }).stateDir).toBe('./state');
  expect(load({ file: file('# nothing yet\n') }).stateDir).toBe('./state');
});

test('every bad key is named, with where it was set', () => {
  const path = file('staleTimeout: soon\nagents: [{ nam: a }]\ncolour: blue\n');
  const error = errorOf({
    file: path,
    env: { APP_TIMEOUTS__CONNECT_MS: 'fast', APP_STATEDIR: 'x' },
    flags: { stateDir: 7, 'log-level': 'loud' },
  });
  expect(error).toMatchObject({ code: 'BAD_CONFIG', exitCode: 2 });
  const lines = error.message.split('\n');
  expect(lines[0]).toBe(`The configuration (file ${path}) is not usable:`);
  expect(lines.slice(1).sort()).toEqual([
    expect.stringMatching(/^ {2}agents\.0\.nam: there is no such key \(from file .*config\.yaml\)$/),
    '  agents.0.name: Invalid input: expected string, received undefined',
    `  colour: there is no such key (from file ${path})`,
    '  log-level: there is no such key (from --log-level)',
    expect.stringMatching(/^ {2}staleTimeout: .*expected number, received NaN \(from file /),
    '  stateDir: Invalid input: expected string, received number (from --state-dir)',
    '  statedir: there is no such key (from APP_STATEDIR)',
    expect.stringMatching(/^ {2}timeouts\.connectMs: .* \(from APP_TIMEOUTS__CONNECT_MS\)$/),
  ]);
});

test('an environment variable without a key is an error, not a surprise', () => {
  expect(errorOf({ env: { APP_: 'x' } }).message).toContain('there is no such key (from APP_)');
});

test.each(['__proto__', 'constructor', 'toString'])('the key %s is a key like any other: unknown', (key) => {
  expect(errorOf({ file: file(`"${key}": { stateDir: stolen }`) }).message).toContain(
    `${key}: there is no such key`,
  );
  expect(Object.hasOwn(Object.prototype, 'stateDir')).toBe(false);
});

test('a file that cannot be read, parsed, or holds no keys is named', () => {
  const missing = join(folder.path, 'missing.yaml');
  expect(errorOf({ file: missing }).message).toContain(`Cannot read the config file ${missing}: ENOENT`);
  expect(errorOf({ file: file('a: [1') }).message).toContain('is neither YAML nor JSON');
  expect(errorOf({ file: file('a: 1\na: 2') }).message).toContain('is neither YAML nor JSON');
  expect(errorOf({ file: file('- a\n- b') }).message).toContain('must hold keys and values, got ["a","b"]');
  expect(errorOf({ file: file('just words') }).message).toContain('got "just words"');
});
