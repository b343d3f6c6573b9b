import type { IpPoolRecord } from '@vrouter/vsphere-client';
import * as fc from 'fast-check';
import { isIPv4 } from 'node:net';
import { expect, test } from 'vitest';
import { addressesOf } from './ip-pool.ts';
import { network } from './testing/pictures.ts';

const POOL: IpPoolRecord = {
  id: 7,
  name: 'shop',
  subnetAddress: '10.0.1.0',
  netmask: '255.255.255.0',
  gateway: '10.0.1.1',
  range: '10.0.1.100#50',
  rangeEnabled: true,
};

function read(changes: Partial<IpPoolRecord> = {}, externalIpam = false): ReturnType<typeof addressesOf> {
  const pool = { ...POOL, ...changes };
  return addressesOf({ ...network, ipPoolId: 7, externalIpam }, new Map([[pool.id, pool]]));
}

test('a port group without a pool says nothing of addresses', () => {
  expect(addressesOf(network, new Map([[7, POOL]]))).toEqual({});
});

test('a pool that vCenter does not show is a problem, not a network without addresses', () => {
  const { addresses, addressesProblem } = read({ id: 8 });
  expect(addresses).toBeUndefined();
  expect(addressesProblem).toMatch(/IP pool 7/u);
});

test('subnet, gateway and range become a subnet with a pool', () => {
  expect(read().addresses).toEqual({
    subnet: '10.0.1.0/24',
    gateway: '10.0.1.1',
    pools: [{ start: '10.0.1.100', end: '10.0.1.149' }],
    addresses: 'api',
  });
});

test('a range counts only where it is switched on, and several are several', () => {
  expect(read({ rangeEnabled: false, range: 'anything' }).addresses).not.toHaveProperty('pools');
  expect(read({ range: undefined }).addresses).not.toHaveProperty('pools');
  expect(read({ range: '10.0.1.8#1, 10.0.1.250 # 6,' }).addresses?.pools).toEqual([
    { start: '10.0.1.8', end: '10.0.1.8' },
    { start: '10.0.1.250', end: '10.0.1.255' },
  ]);
});

test('guests have addresses of their own where the port group says so', () => {
  expect(read({}, true).addresses?.addresses).toBe('guest');
});

test('no gateway is no gateway, however it is written', () => {
  expect(read({ gateway: undefined }).addresses).not.toHaveProperty('gateway');
  expect(read({ gateway: '0.0.0.0' }).addresses).not.toHaveProperty('gateway');
});

test('a pool for IPv6 only says nothing of addresses', () => {
  expect(read({ subnetAddress: undefined, netmask: undefined })).toEqual({});
});

test.each<[string, Partial<IpPoolRecord>]>([
  ['a mask with holes', { netmask: '10.10.10.255' }],
  ['a mask of another family', { netmask: 'ffff::' }],
  ['room for nobody', { netmask: '255.255.255.254' }],
  ['no mask at all', { netmask: '0.0.0.0' }],
  ['an address that is none', { subnetAddress: '10.0.1' }],
  ['a gateway elsewhere', { gateway: '10.0.2.1' }],
  ['a gateway that is none', { gateway: 'router' }],
  ['a range that begins elsewhere', { range: '10.0.2.1#5' }],
  ['a range that ends elsewhere', { range: '10.0.1.250#7' }],
  ['a range of nothing', { range: '10.0.1.100#0' }],
  ['a range without a count', { range: '10.0.1.100-10.0.1.120' }],
  ['a range beyond all addresses', { range: '10.0.1.100#999999999' }],
])('%s is told, and nothing is made up instead', (_what, changes) => {
  const { addresses, addressesProblem } = read(changes);
  expect(addresses).toBeUndefined();
  expect(addressesProblem).toMatch(/^its IP pool shop has /u);
});

test('whatever is typed into a pool, what comes out is IPv4', () => {
  const anyText = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('255.255.0.0', '255.0.0.0'));
  const anyRange = fc.oneof(
    fc.string(),
    fc.tuple(fc.ipV4(), fc.nat()).map((parts) => parts.join('#')),
  );
  fc.assert(
    fc.property(anyText, anyText, anyText, anyRange, (subnetAddress, netmask, gateway, range) => {
      const { addresses } = read({ subnetAddress, netmask, gateway, range });
      if (addresses === undefined) return;
      const [prefix = '', length = ''] = addresses.subnet.split('/');
      const ends = (addresses.pools ?? []).flatMap(({ start, end }) => [start, end]);
      for (const each of [prefix, addresses.gateway ?? prefix, ...ends])
        expect(isIPv4(each), each).toBe(true);
      expect(Number(length)).toBeGreaterThan(0);
    }),
  );
});
