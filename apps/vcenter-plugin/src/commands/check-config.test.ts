import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Config } from '../config.ts';
import { inventory, vm } from '../testing/command-line.ts';
import { checkConfig } from './check-config.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let printed: string[];

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'inventory.yaml');
  printed = [];
});
afterEach(() => folder.remove());

const AGENTS = [
  { name: 'agent-1', url: 'http://127.0.0.1:1', host: 'esx-1' },
  { name: 'agent-2', url: 'http://127.0.0.1:2', host: 'esx-2' },
];

function check(source: object): void {
  checkConfig(Config.parse({ inventory: source, agents: AGENTS }), (text) => printed.push(text));
}

test('an inventory file that is not there is refused', () => {
  expect(() => check({ kind: 'file', path })).toThrowError(
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining('cannot read') }),
  );
});

test('an inventory file with a mistake is refused, with its place', () => {
  writeFileSync(path, inventory([{ ...vm(1), power: 'maybe' }]));
  expect(() => check({ kind: 'file', path })).toThrowError(/inventory\.yaml: vms\.0\.power: /);
});

test('a vCenter without a password is refused', () => {
  expect(() => check({ kind: 'vsphere', url: 'https://vc/sdk', username: 'u' })).toThrowError('got neither');
});

test('vCenter itself is not asked', () => {
  check({ kind: 'vsphere', url: 'https://vc.invalid/sdk', username: 'u', password: 'hunter2' });
  expect(printed.at(-1)).toBe('The configuration is usable. vCenter was not asked.');
  expect(printed.join('\n')).not.toContain('hunter2');
});

test('files for the TLS of agents that cannot be read, or are no such thing, are refused', () => {
  writeFileSync(path, inventory([]));
  const checkTls = (agentTls: object) => () =>
    checkConfig(
      Config.parse({ inventory: { kind: 'file', path }, agents: AGENTS, agentTls }),
      () => undefined,
    );
  expect(checkTls({ caFile: join(folder.path, 'none') })).toThrowError(
    /^agentTls\.caFile: cannot read .*none/,
  );
  expect(checkTls({ caFile: path })).toThrowError(/^agentTls: The certificate authority cannot be used/);
});

test('what would be on each agent, and what gets no port, is told', () => {
  writeFileSync(path, inventory([vm(1), vm(2), { ...vm(3), host: 'esx-9' }]));
  check({ kind: 'file', path });
  expect(printed.slice(1)).toEqual([
    'agent-1: 2 ports',
    'agent-2: 0 ports',
    'warning: esx-9: no agent serves this host; 1 ports are on no agent',
    'warning: agent-2: its host esx-2 is not in the inventory',
    'The configuration and the inventory are usable.',
  ]);
});

test('a parked agent is called so', () => {
  writeFileSync(path, inventory([]).replace('"esx-1"', '"esx-1","maintenance":true'));
  check({ kind: 'file', path });
  expect(printed).toContain('agent-1: 0 ports, parked');
});
