import { NIL_GUID } from '@vrouter/port-model';
import { topic } from '../check.ts';
import { badFields, refusedPost } from '../expected/reply.ts';
import { only, refusesPort } from './refusals.ts';

const INVALID_MAC = refusedPost('Invalid MAC, Use xx:xx:xx:xx:xx:xx format');
const VLAN_UNSET = 'Invalid request. RX (isolated) vlan set, but TX vlan not set';

/** Values that are of the right type, and refused all the same. */
export const addValues = topic('add-values', [
  refusesPort(
    { name: 'id-that-is-none', fact: '22', title: 'an id that cannot be read is refused' },
    { id: 'garbage' },
    only({ 'r3.1': { status: 500, error: 'invalid port uuid, ' } }),
  ),
  ...['garbage', NIL_GUID].map((id, index) =>
    refusesPort(
      { name: `strict-id-${index + 1}`, fact: '255', title: `"${id}" is refused as an id` },
      { id },
      only({ blueprint: badFields('id') }),
    ),
  ),
  {
    name: 'strict-id-of-36-characters',
    fact: '255',
    title: 'an id with blanks before or text behind it is refused',
    profiles: ['blueprint'],
    run: async (agent) => {
      const port = agent.port();
      for (const id of [` ${port.id}`, `${port.id}.tmp`, `{${port.id}}`, port.id.replaceAll('-', '')]) {
        await agent.ask('POST', '/port', { ...port, id }, badFields('id'));
      }
    },
  },
  refusesPort(
    { name: 'instance-that-is-none', fact: '223', title: 'an instance id that cannot be read is refused' },
    { 'instance-id': 'garbage' },
    only({ 'r3.1': { status: 500, error: 'invalid instance uuid, ' }, blueprint: badFields('instance-id') }),
  ),
  refusesPort(
    { name: 'no-address-at-all', fact: '256', title: 'a port without any readable address is refused' },
    { 'ip-address': 'None', 'ip6-address': 'None' },
    only({ 'r3.1': { status: 500, error: 'Neither Ipv4 nor IPv6 address is correct, ' } }),
  ),
  refusesPort(
    {
      name: 'type-7-without-network',
      fact: '30',
      title: 'a type that is none counts as 0, which needs a network',
    },
    { type: 7, 'vn-id': NIL_GUID },
    only({ modern: refusedPost('Invalid VN uuid') }),
  ),
  refusesPort(
    {
      name: 'type-0-without-network',
      fact: '31',
      title: 'for type 0 a network id that cannot be read is refused',
    },
    { type: 0, 'vn-id': 'garbage', 'system-name': 'lo' },
    only({ modern: refusedPost('Invalid VN uuid'), blueprint: badFields('vn-id') }),
  ),
  refusesPort(
    { name: 'type-0-with-nil-network', fact: '31', title: 'for type 0 the nil network is refused' },
    { type: 0, 'vn-id': NIL_GUID, 'system-name': 'lo' },
    only({ modern: refusedPost('Invalid VN uuid'), blueprint: badFields('vn-id') }),
  ),
  ...[3, 7, -1].map((type) =>
    refusesPort(
      { name: `strict-type-${type}`, fact: '257', title: `${type} is refused as a type` },
      { type },
      only({ blueprint: badFields('type') }),
    ),
  ),
  ...[
    '02-1a-00-00-00-01',
    '00:00:00:00:00:00',
    '02:00:00:00:00',
    '',
    '02:00:00:00:00:4z',
    '02:00:00:00:00:01 ',
  ].map((mac, index) =>
    refusesPort(
      { name: `bad-mac-${index + 1}`, fact: '258', title: `${JSON.stringify(mac)} is no MAC` },
      { 'mac-address': mac },
      only({ modern: INVALID_MAC, blueprint: badFields('mac-address') }),
    ),
  ),
  ...['02-1a-00-00-00-01', '02:00:00:00:00'].map((mac, index) =>
    refusesPort(
      { name: `mac-without-five-colons-${index + 1}`, fact: '258', title: `"${mac}" has not five colons` },
      { 'mac-address': mac },
      only({ 'r3.1': { status: 500, error: 'Invalid MAC, Use xx:xx:xx:xx:xx:xx format' } }),
    ),
  ),
  ...['2:1:3:4:5:6', ' 02:01:03:04:05:06'].map((mac, index) =>
    refusesPort(
      { name: `strict-mac-${index + 1}`, fact: '259', title: `"${mac}" is refused as a MAC` },
      { 'mac-address': mac },
      only({ blueprint: badFields('mac-address') }),
    ),
  ),
  ...['fd11::3', '10.0.0', '10.0.0.256', 'x'].map((address, index) =>
    refusesPort(
      { name: `strict-ipv4-${index + 1}`, fact: '260', title: `"${address}" is refused as an IPv4 address` },
      { 'ip-address': address },
      only({ blueprint: badFields('ip-address') }),
    ),
  ),
  refusesPort(
    { name: 'strict-ipv6', fact: '260', title: 'an IPv4 address in ip6-address is refused' },
    { 'ip6-address': '10.0.0.3' },
    only({ blueprint: badFields('ip6-address') }),
  ),
  ...[4096, -2, 65535].map((vlan) =>
    refusesPort(
      { name: `strict-vlan-${vlan}`, fact: '261', title: `${vlan} is refused as a VLAN` },
      { 'rx-vlan-id': vlan },
      only({ blueprint: badFields('rx-vlan-id') }),
    ),
  ),
  ...[2, '1'].map((state, index) =>
    refusesPort(
      {
        name: `strict-link-state-${index + 1}`,
        fact: '262',
        title: `${JSON.stringify(state)} is no link-state`,
      },
      { 'link-state': state },
      only({ blueprint: badFields('link-state') }),
    ),
  ),
  refusesPort(
    {
      name: 'isolated-vlan-without-primary',
      fact: '234',
      title: 'an isolated VLAN without a primary one is refused',
    },
    { 'rx-vlan-id': 101, 'tx-vlan-id': -1 },
    only({ 'r3.1': { status: 500, error: VLAN_UNSET } }),
  ),
  refusesPort(
    {
      name: 'isolated-vlan-with-65534',
      fact: '263',
      title: 'the VLAN sanity check looks for 65534 instead of "unset"',
    },
    { 'rx-vlan-id': 101, 'tx-vlan-id': 65534 },
    only({ modern: refusedPost(VLAN_UNSET) }),
  ),
  {
    name: 'key-twice',
    fact: '233',
    title: 'a key that stands twice is refused, and named',
    profiles: ['blueprint'],
    run: async (agent) => {
      const twice = JSON.stringify(agent.port()).replace(/}$/, ',"type":2}');
      await agent.ask('POST', '/port', twice, badFields('type'));
    },
  },
]);
