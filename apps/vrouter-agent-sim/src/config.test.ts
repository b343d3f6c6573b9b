import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('numbers that are none are refused, and shown as they came', () => {
  const bad: [string, unknown][] = [
    ['staleTimeout', ''],
    ['staleTimeout', -1],
    ['staleTimeout', 'NaN'],
    ['staleTimeout', Infinity],
    ['staleTimeout', true],
    ['requestsRemembered', 1.5],
    ['requestsRemembered', '0'],
  ];
  for (const [key, value] of bad) {
    const message = new RegExp(`${key}: expected .*, got `);
    expect(() => readConfig({ stateDir: 'x', [key]: value }, {}), `${key} ${String(value)}`).toThrow(message);
  }
});

test('profiles and durabilities that there are none of are refused with what there is', () => {
  expect(() => readConfig({ stateDir: 'x', profile: 'r9' }, {})).toThrow(
    'profile: expected one of blueprint, r3.1, r4.1, tf; got "r9"',
  );
  expect(() => readConfig({ stateDir: 'x', durability: 'hope' }, {})).toThrow(
    'durability: expected one of journal, file; got "hope"',
  );
});

test('an address for introspection that is none is refused, with the way to do without', () => {
  expect(() => readConfig({ stateDir: 'x', introspectListen: 'off' }, {})).toThrow(
    'introspectListen: expected HOST:PORT such as 127.0.0.1:8085, or none, got "off"',
  );
});

test('limits cannot be switched off', () => {
  expect(() => readConfig({ stateDir: 'x', limits: { queueLengthMax: 0 } }, {})).toThrow(
    'limits.queueLengthMax',
  );
  expect(() => readConfig({ stateDir: 'x', limits: { bodyMax: 1 } }, {})).toThrow('limits.bodyMax');
});

test('flags win over the environment, that over the file, and all over the defaults', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'agent.yaml');
  writeFileSync(
    file,
    'stateDir: from-file\nname: from-file\nauthor: from-file\nlimits: { requestMsMax: 7 }\n',
  );
  const env = { AGENT_NAME: 'from-env', AGENT_AUTHOR: 'from-env', AGENT_LIMITS__STOP_MS_MAX: '8' };
  const config = readConfig({ config: file, author: 'from-flag', staleTimeout: '0.5' }, env);
  folder.remove();
  expect(config).toMatchObject({
    stateDir: 'from-file',
    name: 'from-env',
    author: 'from-flag',
    staleTimeout: 0.5,
    profile: 'blueprint',
    listen: { host: '127.0.0.1', port: 9091 },
    limits: { requestMsMax: 7, stopMsMax: 8, bodyBytesMax: 1024 * 1024 },
  });
});
