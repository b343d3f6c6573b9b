import type { VirtualNetwork } from '@vrouter/config-api-client';
import { expect, test } from 'vitest';
import { asRead } from '../work/as-read.ts';
import { addressPolicy, isInSubnets, subnetsOf, subnetsWith, wantedSubnet } from './subnets.ts';

const API = { subnet: '10.0.1.0/24', addresses: 'api' } as const;

function networkWith(subnets: readonly object[], external = false): VirtualNetwork {
  const uuid = '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3';
  const network = asRead('virtual-network', { uuid, fq_name: ['blue'], external_ipam: external });
  const ref = { to: ['ipam'], uuid, attr: { ipam_subnets: [...subnets] } };
  return { ...network, network_ipam_refs: [ref] as VirtualNetwork['network_ipam_refs'] };
}

test('a subnet is written with its network address, whichever address it was given by', () => {
  const { subnet, default_gateway: gateway } = wantedSubnet('blue', {
    ...API,
    subnet: '10.0.1.77/24',
    gateway: '10.0.1.9',
  });
  expect(subnet).toEqual({ ip_prefix: '10.0.1.0', ip_prefix_len: 24 });
  expect(gateway).toBe('10.0.1.9');
});

test.each([
  ['10.0.1.0', true],
  ['10.0.1.255', true],
  ['10.0.0.255', false],
  ['10.0.2.0', false],
  ['200.0.1.7', false],
])('%s is in 10.0.1.0/24: %s', (address, isIn) => {
  expect(isInSubnets(networkWith([wantedSubnet('blue', API)]), address)).toBe(isIn);
});

test('with pools, an address counts only in one of them', () => {
  const pools = [
    { start: '10.0.1.5', end: '10.0.1.9' },
    { start: '10.0.1.20', end: '10.0.1.20' },
  ];
  const network = networkWith([wantedSubnet('blue', { ...API, pools })]);
  const isIn = (last: number): boolean => isInSubnets(network, `10.0.1.${last}`);
  expect([4, 5, 9, 10, 20, 21].filter(isIn)).toEqual([5, 9, 20]);
});

test('addresses come from the config API where there is a subnet, unless guests have their own', () => {
  expect(addressPolicy(networkWith([]))).toBe('none');
  expect(addressPolicy(networkWith([wantedSubnet('blue', API)]))).toBe('api');
  expect(addressPolicy(networkWith([wantedSubnet('blue', API)], true))).toBe('guest');
});

test('a subnet that is there changes only when its pools do; one that is not is added to the others', () => {
  const other = wantedSubnet('blue', { ...API, subnet: '10.7.0.0/16' });
  const network = networkWith([other, wantedSubnet('blue', API)]);
  expect(subnetsWith(network, wantedSubnet('blue', { ...API, gateway: '10.0.1.9' }))).toBeUndefined();
  const pool = { start: '10.0.1.5', end: '10.0.1.9' };
  const changed = subnetsWith(network, wantedSubnet('blue', { ...API, pools: [pool] })) ?? [];
  expect(changed.map(({ allocation_pools: pools }) => pools)).toEqual([undefined, [pool]]);
  const added = subnetsWith(networkWith([other]), wantedSubnet('blue', API)) ?? [];
  expect(added.map(({ subnet }) => subnet?.ip_prefix)).toEqual(['10.7.0.0', '10.0.1.0']);
  expect(subnetsOf(network)).toHaveLength(2);
});
