import { expect, test } from 'vitest';
import { expectedPorts, networkId, portId } from './oracle.ts';
import { withPower, type Picture } from './picture.ts';

const picture: Picture = {
  hosts: ['esx-1', 'esx-2'],
  networks: [{ name: 'blue', key: 'dvportgroup-21', vlan: { primary: 100, isolated: 101 } }],
  vms: [
    {
      name: 'web-1',
      id: '502789bb-240a-841f-e24c-1564537218f7',
      host: 'esx-1',
      on: true,
      adapters: [{ mac: '00:50:56:BF:7D:A1', network: 'blue', ip: '192.168.200.5' }],
    },
  ],
};
const off = withPower(picture, 'web-1', false);
const id = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';

test('ids are those that the original successor and Java compute', () => {
  expect(portId('00:50:56:BF:7D:A1')).toBe(id);
  expect(networkId('dvportgroup-21')).toBe('6782f6e6-9fca-3c02-a76d-d1f37b7d06a3');
});

test('lifecycle power: the ports of running VMs, on their own host only', () => {
  expect(expectedPorts(picture, 'power', 'esx-1')[id]).toMatchObject({
    linkState: 1,
    port: { 'tx-vlan-id': 100, 'rx-vlan-id': 101, 'mac-address': '00:50:56:bf:7d:a1', type: 2 },
  });
  expect(expectedPorts(picture, 'power', 'esx-2')).toEqual({});
  expect(expectedPorts(off, 'power', 'esx-1')).toEqual({});
});

test('lifecycle link: a VM that is off keeps its port, disabled', () => {
  expect(expectedPorts(off, 'link', 'esx-1')[id]?.linkState).toBe(0);
  expect(expectedPorts(picture, 'link', 'esx-1')[id]?.linkState).toBe(1);
});

test('a network that nobody defined is an error of the scenario, not an empty expectation', () => {
  expect(() => expectedPorts({ ...picture, networks: [] }, 'power', 'esx-1')).toThrow(/no network blue/);
});
