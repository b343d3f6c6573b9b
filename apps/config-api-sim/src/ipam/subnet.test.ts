import { expect, test } from 'vitest';
import { formatIpv4 } from './ipv4.ts';
import { parseSubnet, SubnetSpec } from './subnet.ts';

const parse = (spec: object) =>
  parseSubnet(SubnetSpec.parse({ subnet: { ip_prefix: '10.1.2.0', ip_prefix_len: 24 }, ...spec }));

function parsed(spec: object) {
  const result = parse(spec);
  if (!result.ok) throw new Error(result.why);
  const { gateway, serviceAddress, pools } = result.subnet;
  return {
    gateway: formatIpv4(gateway),
    service: formatIpv4(serviceAddress),
    pools: pools.map(({ start, end }) => `${formatIpv4(start)}-${formatIpv4(end)}`),
  };
}

test('what is wrong with a subnet is told', () => {
  const cases: [object, string][] = [
    [{ subnet: { ip_prefix: '10.1.2', ip_prefix_len: 24 } }, 'invalid IPNetwork 10.1.2/24'],
    [{ subnet: { ip_prefix: '10.1.2.0', ip_prefix_len: 33 } }, 'invalid IPNetwork 10.1.2.0/33'],
    [{ subnet: { ip_prefix: 'fd00::', ip_prefix_len: 64 } }, 'invalid IPNetwork fd00::/64'],
    [{ default_gateway: 'x' }, 'Invalid gateway Ip address:x'],
    [{ default_gateway: '10.1.3.1' }, 'gateway Ip 10.1.3.1 out of cidr: 10.1.2.0/24'],
    [{ default_gateway: '10.1.2.0' }, 'gateway Ip 10.1.2.0 out of cidr: 10.1.2.0/24'],
    [{ dns_server_address: 'x' }, 'Invalid Dns Server Ip address:x'],
    [
      { allocation_pools: [{ start: '10.1.2.9', end: '10.1.2.8' }] },
      'Invalid allocation Pool start:10.1.2.9, end:10.1.2.8 in subnet:10.1.2.0/24',
    ],
    [
      { allocation_pools: [{ start: '10.1.2.9', end: '10.1.3.8' }] },
      'allocation pool start:10.1.2.9, end:10.1.3.8 out of cidr:10.1.2.0/24',
    ],
    [{ alloc_unit: 4 }, 'alloc_unit of subnet 10.1.2.0/24 is not 1'],
  ];
  for (const [spec, why] of cases) expect(parse(spec)).toEqual({ ok: false, why });
});

test('gateway and service address are the first two or the last two, unless given', () => {
  expect(parsed({ addr_from_start: true })).toEqual({
    gateway: '10.1.2.1',
    service: '10.1.2.2',
    pools: ['10.1.2.0-10.1.2.255'],
  });
  expect(parsed({})).toMatchObject({ gateway: '10.1.2.254', service: '10.1.2.253' });
  expect(parsed({ default_gateway: '10.1.2.77', dns_server_address: '10.1.2.78' })).toMatchObject({
    gateway: '10.1.2.77',
    service: '10.1.2.78',
  });
  expect(parsed({ default_gateway: '0.0.0.0' })).toMatchObject({ gateway: '0.0.0.0' });
});

test('pools are used in the order given from the start, in the opposite order from the end', () => {
  const allocation_pools = [
    { start: '10.1.2.10', end: '10.1.2.19' },
    { start: '10.1.2.30', end: '10.1.2.39' },
  ];
  const given = ['10.1.2.10-10.1.2.19', '10.1.2.30-10.1.2.39'];
  expect(parsed({ allocation_pools, addr_from_start: true }).pools).toEqual(given);
  expect(parsed({ allocation_pools }).pools).toEqual(given.toReversed());
});
