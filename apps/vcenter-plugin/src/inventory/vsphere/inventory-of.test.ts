import type { AdapterRecord, HostRecord, NetworkRecord, Picture, VmRecord } from '@vrouter/vsphere-client';
import { expect, test } from 'vitest';
import { inventoryOf } from './inventory-of.ts';

const host: HostRecord = { ref: 'host-1', name: 'esx-1', connection: 'connected', maintenance: false };

const adapter: AdapterRecord = {
  key: 4000,
  mac: '00:50:56:bf:7d:a1',
  connected: true,
  portGroupKey: 'dvportgroup-21',
  networkRef: undefined,
};

const vm: VmRecord = {
  ref: 'vm-1',
  name: 'web-1',
  instanceUuid: '502789bb-240a-841f-e24c-1564537218f7',
  power: 'poweredOn',
  hostRef: 'host-1',
  template: false,
  annotation: '',
  adapters: [adapter],
  guest: [],
};

const network: NetworkRecord = {
  ref: 'dvportgroup-21',
  key: 'dvportgroup-21',
  name: 'blue',
  vlan: { kind: 'pvlan', id: 101 },
  switchRef: 'dvs-12',
};

function picture(vms: readonly VmRecord[], hosts: readonly HostRecord[] = [host]): Picture {
  const dvs = { ref: 'dvs-12', name: 'DVS0', pvlans: [{ primary: 100, secondary: 101, type: 'isolated' }] };
  return {
    hosts: new Map(hosts.map((host) => [host.ref, host])),
    vms: new Map(vms.map((vm) => [vm.ref, vm])),
    networks: new Map([[network.ref, network]]),
    switches: new Map([[dvs.ref, dvs]]),
  };
}

test.each<[string, Partial<VmRecord>]>([
  ['a template', { template: true }],
  ['a VM whose identity vCenter cannot read', { instanceUuid: undefined }],
  ['a VM without a host', { hostRef: undefined }],
  ['a VM on a host that we may not see', { hostRef: 'host-9' }],
])('%s is left out', (_what, fields) => {
  expect(inventoryOf(picture([{ ...vm, ...fields }])).vms).toEqual([]);
});

test('everything in its place', () => {
  expect(inventoryOf(picture([vm]))).toEqual({
    hosts: [{ name: 'esx-1', maintenance: false, connected: true }],
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
  });
});

test.each([
  ['poweredOff', 'off'],
  ['suspended', 'suspended'],
  ['unknown', 'off'],
] as const)('a VM that is %s counts, as %s', (state, power) => {
  expect(inventoryOf(picture([{ ...vm, power: state }])).vms).toMatchObject([{ power }]);
});

test.each([
  ['disconnected', false],
  ['notResponding', false],
  ['unknown', false],
  ['connected', true],
] as const)('a host that is %s', (connection, connected) => {
  expect(inventoryOf(picture([], [{ ...host, connection, maintenance: true }])).hosts).toEqual([
    { name: 'esx-1', maintenance: true, connected },
  ]);
});

test('two cards on one port group are two, one on a standard network is none, one without a MAC waits', () => {
  const adapters = [
    adapter,
    { ...adapter, key: 4001, mac: '00:50:56:bf:7d:a2', connected: false },
    { ...adapter, key: 4002, portGroupKey: undefined, networkRef: 'network-7' },
    { ...adapter, key: 4003, mac: undefined },
  ];
  expect(inventoryOf(picture([{ ...vm, adapters }])).vms[0]?.adapters).toEqual([
    { key: '4000', network: 'dvportgroup-21', connected: true, mac: '00:50:56:bf:7d:a1' },
    { key: '4001', network: 'dvportgroup-21', connected: false, mac: '00:50:56:bf:7d:a2' },
    { key: '4003', network: 'dvportgroup-21', connected: true },
  ]);
});

test.each<[string, readonly string[], { ip?: string; ip6?: string }]>([
  ['none', [], {}],
  ['one of each', ['10.0.0.5', 'fd00::5'], { ip: '10.0.0.5', ip6: 'fd00::5' }],
  [
    'several',
    ['fe80::1', '169.254.3.4', 'fd00::5', '10.0.0.5', '10.0.0.6'],
    { ip: '10.0.0.5', ip6: 'fd00::5' },
  ],
  ['only of the link', ['fe80::1', 'FEBF::1', '169.254.3.4'], {}],
  ['no address at all', ['web-1'], {}],
])('addresses from the guest: %s', (_what, addresses, expected) => {
  const guest = [
    { mac: '00:50:56:bf:7d:a1', addresses },
    { mac: '00:50:56:bf:7d:ff', addresses: ['10.9.9.9', 'fd00::9'] },
  ];
  const [first] = inventoryOf(picture([{ ...vm, guest }])).vms[0]?.adapters ?? [];
  expect({ ip: first?.ip, ip6: first?.ip6 }).toEqual({ ip: undefined, ip6: undefined, ...expected });
});
