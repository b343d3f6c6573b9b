import { expect, test } from 'vitest';
import ports from '../vectors/ports.json' with { type: 'json' };
import { IDENTITY_FIELDS, initialLinkState, Port, PORT_FIELDS, sameIdentity, samePort } from './port.ts';

const port = Port.parse(ports.base);
const other = Port.parse({
  ...ports.base,
  'instance-id': '502789bb-240a-841f-e24c-000000000000',
  'vn-id': '00000000-0000-0000-0000-000000000000',
  'vm-project-id': 'None',
  'display-name': 'other',
  'ip-address': '10.0.0.1',
  'ip6-address': 'None',
  'mac-address': '00:50:56:00:00:01',
  'system-name': 'tap0',
  type: 1,
  'rx-vlan-id': 1,
  'tx-vlan-id': 2,
  'vhostuser-mode': 1,
});
const DIFFERENT = PORT_FIELDS.filter((field) => field !== 'id' && field !== 'link-state');

test.each(DIFFERENT)('a port with another %s is not the same', (field) => {
  const changed = { ...port, [field]: other[field] };
  expect(samePort(port, changed)).toBe(false);
  expect(sameIdentity(port, changed)).toBe(!(IDENTITY_FIELDS as readonly string[]).includes(field));
});

test('a port is the same whatever its link state', () => {
  expect(samePort(port, { ...port, 'link-state': 1 })).toBe(true);
  expect(sameIdentity(port, { ...port, 'link-state': 1 })).toBe(true);
});

test('the list of fields leaves none out', () => {
  expect([...PORT_FIELDS].sort()).toEqual(Object.keys(Port.shape).sort());
});

test('vCenter ports start disabled, others enabled, unless the port says so', () => {
  expect(initialLinkState(port)).toBe(0);
  expect(initialLinkState({ ...port, type: 0 })).toBe(1);
  expect(initialLinkState({ ...port, 'link-state': 1 })).toBe(1);
  expect(initialLinkState({ ...port, type: 1, 'link-state': 0 })).toBe(0);
});
