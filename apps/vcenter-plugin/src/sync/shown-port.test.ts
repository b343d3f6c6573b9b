import { NO_VLAN } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { showsAnother } from './shown-port.ts';

const port = samplePort(1, { 'rx-vlan-id': 101, 'tx-vlan-id': 100 });
/** As agents since release 4.0 show it. */
const SHOWN = {
  id: port.id,
  'instance-id': port['instance-id'],
  'ip-address': '192.168.7.7',
  plen: 24,
  'vn-id': port['vn-id'],
  'rx-vlan-id': 101,
  'tx-vlan-id': 100,
  author: '/usr/bin/contrail-vrouter-agent',
};
const OTHER_ID = '12345678-1234-3234-8234-123456789abc';

test.each<[string, object, boolean]>([
  ['all as it was sent', {}, false],
  ['ids in capitals', { 'vn-id': port['vn-id'].toUpperCase() }, false],
  ['next to nothing', { 'instance-id': undefined, 'vn-id': undefined, 'rx-vlan-id': undefined }, false],
  ['something odd', { 'vn-id': 7, 'rx-vlan-id': 'a VLAN' }, false],
  ['another address', { 'ip-address': '10.1.1.1' }, false],
  ['another machine', { 'instance-id': OTHER_ID }, true],
  ['another network', { 'vn-id': OTHER_ID }, true],
  ['another isolated VLAN', { 'rx-vlan-id': 102 }, true],
  ['another primary VLAN', { 'tx-vlan-id': 65535 }, true],
])('an agent that shows %s', (_what, changes, isAnother) => {
  expect(showsAnother({ ...SHOWN, ...changes }, port)).toBe(isAnother);
});

test('no VLAN is shown as the agent stores it, or as it was sent', () => {
  const untagged = samplePort(1, { 'rx-vlan-id': NO_VLAN, 'tx-vlan-id': NO_VLAN });
  const shown = { ...SHOWN, 'tx-vlan-id': NO_VLAN };
  expect(showsAnother({ ...shown, 'rx-vlan-id': 65535 }, untagged)).toBe(false);
  expect(showsAnother({ ...shown, 'rx-vlan-id': 0 }, untagged)).toBe(true);
});
