import type { NetworkRecord, SwitchRecord, VlanRecord } from '@vrouter/vsphere-client';
import { expect, test } from 'vitest';
import { network as BLUE } from './testing/pictures.ts';
import { vlanOf } from './vlan.ts';

function network(vlan: VlanRecord): NetworkRecord {
  return { ...BLUE, vlan };
}

const dvs: SwitchRecord = {
  uplinkRefs: [],
  ref: 'dvs-12',
  name: 'DVS0',
  pvlans: [
    { primary: 100, secondary: 100, type: 'promiscuous' },
    { primary: 100, secondary: 101, type: 'isolated' },
    { primary: 100, secondary: 102, type: 'community' },
    { primary: 200, secondary: 103, type: 'community' },
    { primary: 300, secondary: 103, type: 'isolated' },
  ],
};

test.each<[string, VlanRecord, SwitchRecord | undefined, RegExp]>([
  ['no VLAN', { kind: 'vlan', id: 0 }, dvs, /VLAN 0/],
  ['a VLAN that cannot be', { kind: 'vlan', id: 4095 }, dvs, /4095 is not within 1 to 4094/],
  ['a trunk', { kind: 'trunk', ranges: [{ start: 0, end: 4094 }] }, dvs, /trunk/],
  ['a kind that we do not know', { kind: 'unknown', type: 'VxlanSpec' }, dvs, /VxlanSpec/],
  [
    'a private VLAN that the switch lacks',
    { kind: 'pvlan', id: 999 },
    dvs,
    /map of DVS0 has no secondary VLAN 999/,
  ],
  ['a private VLAN of an invisible switch', { kind: 'pvlan', id: 101 }, undefined, /switch is not visible/],
])('%s is no VLAN for an agent, and why is told', (_what, vlan, owner, problem) => {
  expect(vlanOf(network(vlan), owner)).toEqual({ vlan: undefined, problem: expect.stringMatching(problem) });
});

test.each<[string, VlanRecord, SwitchRecord | undefined, number, number]>([
  ['a plain VLAN, on a switch without private VLANs', { kind: 'vlan', id: 7 }, { ...dvs, pvlans: [] }, 7, 7],
  ['a plain VLAN of an invisible switch', { kind: 'vlan', id: 4094 }, undefined, 4094, 4094],
  ['an isolated private VLAN', { kind: 'pvlan', id: 101 }, dvs, 100, 101],
  ['a community', { kind: 'pvlan', id: 102 }, dvs, 100, 102],
  ['the promiscuous side', { kind: 'pvlan', id: 100 }, dvs, 100, 100],
  ['one that is isolated here and a community there', { kind: 'pvlan', id: 103 }, dvs, 300, 103],
])('%s', (_what, vlan, owner, primary, isolated) => {
  expect(vlanOf(network(vlan), owner)).toEqual({ vlan: { primary, isolated } });
});
