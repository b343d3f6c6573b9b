import { expect, test } from 'vitest';
import {
  card,
  hostSet,
  objectSet,
  portGroupBacking,
  refVal,
  soap,
  standardBacking,
  val,
  vmSet,
} from '../testing/answers.ts';
import { descend } from '../xml/element.ts';
import { parseXml } from '../xml/parse.ts';
import { decodeObjectUpdate, type ObjectUpdate } from './object-update.ts';

function decode(set: string): ObjectUpdate | undefined {
  const element = descend(parseXml(soap(set)), 'Body', 'objectSet');
  if (element === undefined) throw new Error('no objectSet in the fixture');
  return decodeObjectUpdate(element);
}

test('a kind of update that nobody knows is refused', () => {
  expect(() =>
    decode('<objectSet><kind>vanish</kind><obj type="HostSystem">host-1</obj></objectSet>'),
  ).toThrow(/kind vanish/);
});

test('objects of other types are left out', () => {
  expect(decode(objectSet('enter', 'Datastore', 'datastore-1'))).toBeUndefined();
});

test('a host', () => {
  expect(decode(hostSet('enter', 'host-1', 'esx-1'))).toEqual({
    of: 'hosts',
    kind: 'enter',
    ref: 'host-1',
    fields: { name: 'esx-1', connection: 'connected', maintenance: false },
  });
});

test.each([
  ['notResponding', 'notResponding'],
  ['reticulating', 'unknown'],
])('a host whose connection is %s', (word, connection) => {
  const set = objectSet('modify', 'HostSystem', 'host-1', {
    'runtime.connectionState': val('HostSystemConnectionState', word),
    'runtime.inMaintenanceMode': val('xsd:boolean', 1),
  });
  expect(decode(set)).toMatchObject({ fields: { connection, maintenance: true } });
});

test('of the devices of a VM, the network cards', () => {
  const devices = [
    '<VirtualDevice xsi:type="VirtualPCIController"><key>100</key><busNumber>0</busNumber></VirtualDevice>',
    card(4000, '00:50:56:BF:7D:A1', portGroupBacking('dvportgroup-21')),
    card(4001, '00:50:56:bf:7d:a2', standardBacking),
    card(4002, undefined, portGroupBacking('dvportgroup-21')),
    '<VirtualDevice xsi:type="VirtualDisk"><key>2000</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"/></VirtualDevice>',
  ];
  const update = decode(vmSet('enter', 'vm-1', 'web%2f1', devices.join('')));
  expect(update?.fields).toEqual({
    name: 'web/1',
    instanceUuid: '502789bb-240a-841f-e24c-1564537218f7',
    template: false,
    power: 'poweredOn',
    hostRef: 'host-1',
    adapters: [
      {
        key: 4000,
        mac: '00:50:56:bf:7d:a1',
        connected: true,
        portGroupKey: 'dvportgroup-21',
        networkRef: undefined,
      },
      {
        key: 4001,
        mac: '00:50:56:bf:7d:a2',
        connected: true,
        portGroupKey: undefined,
        networkRef: 'network-7',
      },
      { key: 4002, mac: undefined, connected: true, portGroupKey: 'dvportgroup-21', networkRef: undefined },
    ],
  });
});

test('what the guest reports, by MAC', () => {
  const nics =
    '<GuestNicInfo><network>blue</network><ipAddress>192.168.200.5</ipAddress><ipAddress>fe80::1</ipAddress>' +
    '<macAddress>00:50:56:BF:7D:A1</macAddress><connected>true</connected></GuestNicInfo>' +
    '<GuestNicInfo><network>docker0</network><connected>true</connected></GuestNicInfo>';
  const set = objectSet('modify', 'VirtualMachine', 'vm-1', {
    'guest.net': val('ArrayOfGuestNicInfo', nics),
  });
  expect(decode(set)?.fields).toEqual({
    guest: [{ network: 'blue', mac: '00:50:56:bf:7d:a1', addresses: ['192.168.200.5', 'fe80::1'] }],
  });
});

test('an unset guest is empty, an unset configuration is only unknown', () => {
  const set = objectSet('modify', 'VirtualMachine', 'vm-1', {
    'guest.net': '',
    'config.instanceUuid': '',
    'config.template': '',
    'config.hardware.device': '',
    'runtime.host': '',
  });
  expect(decode(set)?.fields).toEqual({ guest: [], hostRef: undefined });
});

test('a removed property is not set, whatever value comes with it', () => {
  const set = `<objectSet><kind>modify</kind><obj type="VirtualMachine">vm-1</obj><changeSet><name>guest.net</name><op>indirectRemove</op>${val('ArrayOfGuestNicInfo', '<GuestNicInfo><macAddress>00:50:56:bf:7d:a1</macAddress></GuestNicInfo>')}</changeSet></objectSet>`;
  expect(decode(set)?.fields).toEqual({ guest: [] });
});

test('what could not be read is unknown, whatever is said of it', () => {
  const set =
    '<objectSet><kind>enter</kind><obj type="VirtualMachine">vm-1</obj>' +
    `<changeSet><name>name</name><op>assign</op>${val('xsd:string', 'web-1')}</changeSet>` +
    '<changeSet><name>runtime.host</name><op>assign</op></changeSet>' +
    '<missingSet><path>runtime.host</path><fault><fault xsi:type="NoPermission"/></fault></missingSet></objectSet>';
  expect(decode(set)).toEqual({
    of: 'vms',
    kind: 'enter',
    ref: 'vm-1',
    fields: { name: 'web-1' },
    partial: true,
  });
});

const VLAN = 'VmwareDistributedVirtualSwitchVlanIdSpec';
const PVLAN = 'VmwareDistributedVirtualSwitchPvlanSpec';
const TRUNK = 'VmwareDistributedVirtualSwitchTrunkVlanSpec';

test.each([
  [
    'a VLAN',
    `<vlan xsi:type="${VLAN}"><inherited>false</inherited><vlanId>7</vlanId></vlan>`,
    { kind: 'vlan', id: 7 },
  ],
  ['no VLAN', `<vlan xsi:type="${VLAN}"><vlanId>0</vlanId></vlan>`, { kind: 'vlan', id: 0 }],
  ['a private VLAN', `<vlan xsi:type="${PVLAN}"><pvlanId>101</pvlanId></vlan>`, { kind: 'pvlan', id: 101 }],
  [
    'a trunk',
    `<vlan xsi:type="${TRUNK}"><vlanId><start>1</start><end>9</end></vlanId><vlanId><start>20</start><end>20</end></vlanId></vlan>`,
    {
      kind: 'trunk',
      ranges: [
        { start: 1, end: 9 },
        { start: 20, end: 20 },
      ],
    },
  ],
  ['something new', '<vlan xsi:type="VxlanSpec"/>', { kind: 'unknown', type: 'VxlanSpec' }],
  ['nothing', '', { kind: 'unknown', type: 'none' }],
])('a port group with %s', (_what, vlan, expected) => {
  const set = objectSet('enter', 'DistributedVirtualPortgroup', 'dvportgroup-21', {
    name: val('xsd:string', 'blue'),
    key: val('xsd:string', 'dvportgroup-21'),
    'config.defaultPortConfig': val('VMwareDVSPortSetting', vlan),
    'config.distributedVirtualSwitch': refVal('VmwareDistributedVirtualSwitch', 'dvs-12'),
  });
  expect(decode(set)).toMatchObject({
    of: 'networks',
    fields: { name: 'blue', key: 'dvportgroup-21', vlan: expected, switchRef: 'dvs-12' },
  });
});

test.each(['DistributedVirtualSwitch', 'VmwareDistributedVirtualSwitch'])(
  'the private VLANs of a %s',
  (type) => {
    const entry = (primary: string, secondary: number, kind: string): string =>
      `<pvlanConfig>${primary}<secondaryVlanId>${secondary}</secondaryVlanId><pvlanType>${kind}</pvlanType></pvlanConfig>`;
    const config = [
      '<uuid>50 2f</uuid>',
      entry('<primaryVlanId>100</primaryVlanId>', 101, 'isolated'),
      entry('', 102, 'isolated'),
      '<uplinkPortgroup type="DistributedVirtualPortgroup">dvportgroup-13</uplinkPortgroup>',
    ];
    const set = objectSet('enter', type, 'dvs-12', {
      name: val('xsd:string', 'DVS0'),
      config: val('VMwareDVSConfigInfo', config.join('')),
    });
    expect(decode(set)).toMatchObject({
      of: 'switches',
      fields: {
        name: 'DVS0',
        pvlans: [{ primary: 100, secondary: 101, type: 'isolated' }],
        uplinkRefs: ['dvportgroup-13'],
      },
    });
  },
);

test.each([
  ['Datacenter', 'datacenter'],
  ['Folder', 'folder'],
  ['ClusterComputeResource', 'cluster'],
  ['ComputeResource', 'standalone'],
])('a place: %s', (type, kind) => {
  const set = objectSet('enter', type, 'place-1', {
    name: val('xsd:string', 'here'),
    parent: refVal('Folder', 'group-h4'),
  });
  expect(decode(set)).toEqual({
    of: 'places',
    kind: 'enter',
    ref: 'place-1',
    fields: { kind, name: 'here', parentRef: 'group-h4' },
  });
});
