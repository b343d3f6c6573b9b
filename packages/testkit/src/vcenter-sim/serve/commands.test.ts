import { expect, test } from 'vitest';
import type { SimInventory } from '../model.ts';
import { changesFor, COMMANDS } from './commands.ts';

const INVENTORY: Required<SimInventory> = {
  hosts: ['esx-1'],
  networks: [],
  vms: [{ name: 'web-1', host: 'esx-1', adapters: [{ mac: '00:50:56:10:00:01', network: 'blue' }] }],
};

test.each([
  ['frobnicate', /There is no command frobnicate/],
  ['toString', /There is no command toString/],
  ['power-on', /Expected power-on VM, got power-on/],
  ['power-on web-1 web-2', /Expected power-on VM, got power-on web-1 web-2/],
  ['move web-1', /Expected move VM HOST/],
  ['create web-2 esx-1', /Expected create VM HOST NETWORK \[IP ...\]/],
  ['create-network red seven', /Expected a VLAN such as 100 or 100\/101, got seven/],
  ['create-network red 7/', /got 7\//],
])('%s is refused, with what was expected', (line, message) => {
  expect(() => changesFor(line.split(' '), INVENTORY)).toThrow(message);
});

test.each([
  ['suspend web-1', { action: 'power', vm: 'web-1', power: 'suspended' }],
  ['move web-1 esx-2', { action: 'relocate', vm: 'web-1', host: 'esx-2' }],
  [
    'remove-adapter web-1 00:50:56:BF:00:01',
    { action: 'removeAdapter', vm: 'web-1', mac: '00:50:56:bf:00:01' },
  ],
  ['guest-ip web-1 00:50:56:bf:00:01', { action: 'guestIp', vm: 'web-1', mac: '00:50:56:bf:00:01', ip: [] }],
  [
    'create-network red 7',
    { action: 'createNetwork', network: { name: 'red', vlan: { primary: 7, isolated: 7 } } },
  ],
  ['change-network red 8/9', { action: 'changeNetwork', network: 'red', vlan: { primary: 8, isolated: 9 } }],
])('%s', (line, change) => {
  expect(changesFor(line.split(' '), INVENTORY)).toEqual([change]);
});

test('a new adapter has a MAC that nobody has', () => {
  expect(changesFor(['add-adapter', 'web-1', 'blue', '10.0.0.5', 'fd00::5'], INVENTORY)).toEqual([
    {
      action: 'addAdapter',
      vm: 'web-1',
      adapter: { mac: '00:50:56:10:00:02', network: 'blue', ip: ['10.0.0.5', 'fd00::5'] },
    },
  ]);
});

test('every command takes as many words as it names', () => {
  for (const [name, { parameters }] of Object.entries(COMMANDS)) {
    const words = parameters.split(' ').filter((word) => !/[[\]]/u.test(word));
    expect(
      changesFor([name, ...words.map((word) => (word === 'VLAN' ? '7' : word))], INVENTORY),
    ).toHaveLength(1);
  }
});
