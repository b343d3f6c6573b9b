import type { Picture, VmRecord } from '@vrouter/vsphere-client';
import { expect, test } from 'vitest';
import type { AgentVm } from '../model.ts';
import { PictureReader } from './picture-reader.ts';
import { adapter, network, picture, vm } from './testing/pictures.ts';

const RULE = { name: 'contrailVM', fabricNetwork: 'fabric' };
const FABRIC_MAC = '00:50:56:bf:7d:f0';

const agent: VmRecord = {
  ...vm,
  ref: 'vm-9',
  name: 'ContrailVM-esx-1',
  adapters: [
    { ...adapter, mac: '00:50:56:bf:7d:f1' },
    { ...adapter, key: 4001, mac: FABRIC_MAC, portGroupKey: 'dvportgroup-30' },
  ],
  guest: [
    { network: 'blue', mac: '00:50:56:bf:7d:f1', addresses: ['192.168.0.9'] },
    { network: '', mac: FABRIC_MAC, addresses: ['fe80::1', 'fd00::9', '10.0.0.9', '10.0.0.10'] },
  ],
};

const fabric = { ...network, ref: 'dvportgroup-30', key: 'dvportgroup-30', name: 'fabric' };

function world(agents: readonly VmRecord[]): Picture {
  return picture({ vms: [vm, ...agents], networks: [network, fabric] });
}

/** What is read last of these pictures. */
function readAll(...pictures: readonly Picture[]): readonly AgentVm[] | undefined {
  const reader = new PictureReader({ agentVm: RULE, someSwitches: false, ipPools: false });
  return pictures.map((picture) => reader.read(picture)).at(-1)?.agentVms;
}

const found: AgentVm = { name: 'ContrailVM-esx-1', host: 'esx-1', power: 'on', address: '10.0.0.9' };

test('an agent is found by its name, with its IPv4 address on the fabric network', () => {
  expect(readAll(world([agent]))).toEqual([found]);
});

test('a standard network is known by the name in the report of the guest', () => {
  const adapters = [{ ...adapter, mac: FABRIC_MAC, portGroupKey: undefined, networkRef: 'network-7' }];
  const guest = [{ network: 'fabric', mac: FABRIC_MAC, addresses: ['10.0.0.9'] }];
  expect(readAll(world([{ ...agent, adapters, guest }]))).toEqual([found]);
});

test('without an IPv4 address, IPv6 will do', () => {
  const guest = [{ network: 'fabric', mac: FABRIC_MAC, addresses: ['fe80::1', 'fd00::9'] }];
  expect(readAll(world([{ ...agent, guest }]))).toEqual([{ ...found, address: 'fd00::9' }]);
});

test.each<[string, Partial<VmRecord>, readonly AgentVm[]]>([
  ['never said where it is', { guest: [] }, [{ name: agent.name, host: 'esx-1', power: 'on' }]],
  ['is off', { power: 'poweredOff' }, [{ ...found, power: 'off' }]],
  ['is on no host', { hostRef: undefined }, []],
  ['is a template', { template: true }, []],
])('an agent that %s', (_what, changes, expected) => {
  expect(readAll(world([{ ...agent, ...changes }]))).toEqual(expected);
});

test('a silent guest is where it was, and a new address is followed', () => {
  const at = (...addresses: readonly string[]): Picture =>
    world([{ ...agent, guest: [{ network: 'fabric', mac: FABRIC_MAC, addresses }] }]);
  expect(readAll(at('10.0.0.9'), at())).toEqual([found]);
  expect(readAll(at('10.0.0.9'), at('10.0.0.8', '10.0.0.9'))).toEqual([found]);
  expect(readAll(at('10.0.0.9'), at('10.0.0.8'))).toEqual([{ ...found, address: '10.0.0.8' }]);
});

test('two agents of one host are both told', () => {
  const other = { ...agent, ref: 'vm-10', name: 'old-contrailvm' };
  expect(readAll(world([agent, other]))?.map(({ name }) => name)).toEqual([
    'ContrailVM-esx-1',
    'old-contrailvm',
  ]);
});
