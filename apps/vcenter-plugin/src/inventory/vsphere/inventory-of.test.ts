import type { AdapterRecord, Picture, VmRecord } from '@vrouter/vsphere-client';
import { expect, test } from 'vitest';
import type { Inventory } from '../model.ts';
import { EMPTY_BOOK, nextBook } from './address-book.ts';
import { inventoryOf, type Reading } from './inventory-of.ts';
import { adapter, dvs, host, network, picture, reporting, vm } from './testing/pictures.ts';

const READING: Reading = {
  agentVm: { name: 'contrailVM', fabricNetwork: 'fabric' },
  someSwitches: false,
  ipPools: false,
};

function read(picture: Picture, reading: Partial<Reading> = {}): Inventory {
  const memory = { addresses: nextBook(EMPTY_BOOK, picture), agents: new Map<string, string>() };
  return inventoryOf(picture, memory, { ...READING, ...reading });
}

test.each<[string, Partial<VmRecord>]>([
  ['a template', { template: true }],
  ['a VM whose identity vCenter cannot read', { instanceUuid: undefined }],
  ['a VM without a host', { hostRef: undefined }],
  ['a VM on a host that we may not see', { hostRef: 'host-9' }],
  ["an agent's own VM", { name: 'CONTRAILvm-esx-1' }],
])('%s is left out', (_what, fields) => {
  expect(read(picture({ vms: [{ ...vm, ...fields }] })).vms).toEqual([]);
});

test('everything in its place', () => {
  expect(read(picture())).toEqual({
    hosts: [{ name: 'esx-1', maintenance: false, connected: true, cluster: 'C0', datacenter: 'DC0' }],
    everyHost: true,
    networks: [{ key: 'dvportgroup-21', name: 'blue', vlan: { primary: 100, isolated: 101 } }],
    vms: [
      {
        id: '502789bb-240a-841f-e24c-1564537218f7',
        name: 'web-1',
        host: 'esx-1',
        power: 'on',
        adapters: [{ key: '4000', mac: '00:50:56:bf:7d:a1', network: 'dvportgroup-21', connected: true }],
      },
    ],
    agentVms: [],
  });
});

test.each([
  ['poweredOff', 'off'],
  ['suspended', 'suspended'],
  ['unknown', 'off'],
] as const)('a VM that is %s counts, as %s', (state, power) => {
  expect(read(picture({ vms: [{ ...vm, power: state }] })).vms).toMatchObject([{ power }]);
});

test.each([
  ['disconnected', false],
  ['notResponding', false],
  ['unknown', false],
  ['connected', true],
] as const)('a host that is %s', (connection, connected) => {
  expect(read(picture({ hosts: [{ ...host, connection, maintenance: true }] })).hosts).toMatchObject([
    { name: 'esx-1', maintenance: true, connected },
  ]);
});

const cards: readonly AdapterRecord[] = [
  adapter,
  { ...adapter, key: 4001, mac: '00:50:56:bf:7d:a2', connected: false },
  { ...adapter, key: 4002, portGroupKey: undefined, networkRef: 'network-7' },
  { ...adapter, key: 4003, mac: undefined },
];

test('two cards on one port group are two, one on a standard network is none, one without a MAC waits', () => {
  expect(read(picture({ vms: [{ ...vm, adapters: cards }] })).vms[0]?.adapters).toEqual([
    { key: '4000', network: 'dvportgroup-21', connected: true, mac: '00:50:56:bf:7d:a1' },
    { key: '4001', network: 'dvportgroup-21', connected: false, mac: '00:50:56:bf:7d:a2' },
    { key: '4003', network: 'dvportgroup-21', connected: true },
  ]);
});

test('a card on a port group that is not there stays, unless only some switches are read', () => {
  const unseen = picture({ vms: [{ ...vm, adapters: [{ ...adapter, portGroupKey: 'dvportgroup-99' }] }] });
  expect(read(unseen).vms[0]?.adapters).toMatchObject([{ network: 'dvportgroup-99' }]);
  expect(read(unseen, { someSwitches: true }).vms).toMatchObject([{ name: 'web-1', adapters: [] }]);
});

test("a switch's own uplinks are no networks", () => {
  const uplink = { ...network, ref: 'dvportgroup-13', key: 'dvportgroup-13', name: 'DVS0-DVUplinks' };
  const switches = [{ ...dvs, uplinkRefs: ['dvportgroup-13'] }];
  const { networks } = read(picture({ networks: [uplink, network], switches }));
  expect(networks.map(({ name }) => name)).toEqual(['blue']);
});

test('a plain VLAN needs no switch that knows private ones', () => {
  const plain = { ...network, vlan: { kind: 'vlan', id: 7 } as const };
  expect(read(picture({ networks: [plain], switches: [{ ...dvs, pvlans: [] }] })).networks).toMatchObject([
    { vlan: { primary: 7, isolated: 7 } },
  ]);
});

test('addresses stand at the card that has them', () => {
  const adapters = read(picture({ vms: [reporting(['10.0.0.5', 'fd00::5'])] })).vms[0]?.adapters;
  expect(adapters).toMatchObject([{ ip: '10.0.0.5', ip6: 'fd00::5' }]);
});
