import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger } from '@vrouter/service-kit';
import { temporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agentMemory, type AgentMemory } from './agent-memory.ts';
import { PictureReader } from './picture-reader.ts';
import { adapter, network, picture, vm } from './testing/pictures.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'agent-addresses.json');
});
afterEach(() => folder.remove());

const open = (): AgentMemory => agentMemory(file, createLogger('test', 'silent'));

test.each([
  ['no file', undefined],
  ['half a file', '{"vm-1":'],
  ['something else', '["vm-1"]'],
  ['an address that is none', '{"vm-1":"10.0.0"}'],
])('%s is nothing known', (_what, text) => {
  if (text !== undefined) writeFileSync(file, text);
  expect(open().load()).toEqual(new Map());
});

test('a file that cannot be written changes nothing', () => {
  mkdirSync(file);
  open().save(new Map([['vm-1', '10.0.0.5']]));
  expect(readdirSync(folder.path)).toEqual(['agent-addresses.json']);
});

test('an agent whose guest is silent after a restart is where it was', () => {
  const FABRIC = { ...network, ref: 'dvportgroup-30', key: 'dvportgroup-30', name: 'fabric' };
  const addressSaying = (...addresses: readonly string[]): string | undefined => {
    const agent = {
      ...vm,
      name: 'contrailVM',
      adapters: [{ ...adapter, portGroupKey: FABRIC.key }],
      guest: [{ network: 'fabric', mac: adapter.mac ?? '', addresses }],
    };
    const agentVm = { name: 'contrailVM', fabricNetwork: 'fabric' };
    const reader = new PictureReader({ agentVm, someSwitches: false, ipPools: false }, { agents: open() });
    return reader.read(picture({ vms: [agent], networks: [FABRIC] })).agentVms?.[0]?.address;
  };
  expect(addressSaying()).toBeUndefined();
  expect(addressSaying('10.0.0.5')).toBe('10.0.0.5');
  expect(addressSaying()).toBe('10.0.0.5');
  expect(addressSaying('10.0.0.6')).toBe('10.0.0.6');
  expect(addressSaying()).toBe('10.0.0.6');
});
