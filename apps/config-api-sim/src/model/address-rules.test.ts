import { beforeEach, expect, test } from 'vitest';
import { IPAM, ModelDriver, PROJECT, refusal } from '../testing/model-driver.ts';
import type { StoredObject } from './stored-object.ts';

let driver: ModelDriver;
beforeEach(() => {
  driver = new ModelDriver();
});

const textOf = (object: StoredObject): unknown => object.properties['instance_ip_address'];
const ask = (
  name: string,
  network: StoredObject,
  instance_ip_address: string,
  more: object = {},
): StoredObject => driver.address(name, network, { instance_ip_address, ...more });

test('addresses come lowest first from the start, highest first from the end; gateway and DNS address are kept', () => {
  const fromStart = driver.network('blue');
  expect(['a', 'b'].map((name) => textOf(driver.address(name, fromStart)))).toEqual(['10.0.0.3', '10.0.0.4']);
  const fromEnd = driver.network('red', { addr_from_start: false });
  expect(['c', 'd'].map((name) => textOf(driver.address(name, fromEnd)))).toEqual([
    '10.0.0.252',
    '10.0.0.251',
  ]);
  const [ref] = fromEnd.refs['network-ipam'] ?? [];
  expect(ref?.attr).toMatchObject({
    ipam_subnets: [{ default_gateway: '10.0.0.254', dns_server_address: '10.0.0.253' }],
  });
});

test('a pool that is used up, and an address outside, are refused', () => {
  const network = driver.network('blue', { allocation_pools: [{ start: '10.0.0.10', end: '10.0.0.11' }] });
  const exhausted = "400 Virtual-Network([u'default-domain', u'vCenter', u'blue']) has exhausted subnet(all)";
  expect(['a', 'b'].map((name) => textOf(driver.address(name, network)))).toEqual(['10.0.0.10', '10.0.0.11']);
  expect(refusal(() => driver.address('c', network))).toBe(exhausted);
  expect(refusal(() => ask('c', network, '10.0.1.1'))).toBe(exhausted);
  expect(refusal(() => ask('c', network, '10.0.0.9'))).toBe(exhausted);
  expect(refusal(() => ask('c', network, 'ten'))).toBe("400 failed to detect a valid IP address from u'ten'");
});

test('an address that is asked for is had once; what is reserved counts as in use', () => {
  const network = driver.network('blue');
  expect(textOf(ask('a', network, '10.0.0.77'))).toBe('10.0.0.77');
  for (const address of ['10.0.0.77', '10.0.0.0', '10.0.0.255', '10.0.0.2']) {
    expect(refusal(() => ask('b', network, address))).toBe('409 Ip address already in use');
  }
});

test('the gateway is for routers, not for VMs', () => {
  const network = driver.network('blue');
  const forRouter = driver.interface('router', network);
  const forVm = driver.interface('vm', network, driver.machine('vm-1'));
  const through = (uuid: string): object => ({ virtual_machine_interface_refs: [{ uuid }] });
  const gateway = '400 Gateway IP cannot be used by VM port';
  expect(refusal(() => ask('a', network, '10.0.0.1', through(forVm.uuid)))).toBe(gateway);
  const made = ask('a', network, '10.0.0.1', through(forRouter.uuid));
  expect(textOf(made)).toBe('10.0.0.1');
  expect(refusal(() => driver.update(made.uuid, { ...through(forVm.uuid) }))).toBe(gateway);
});

test('a deleted address is free again', () => {
  const network = driver.network('blue');
  const [first] = ['a', 'b', 'c'].map((name) => driver.address(name, network));
  driver.delete(first?.uuid ?? '');
  expect(textOf(driver.address('d', network))).toBe('10.0.0.3');
  expect(textOf(driver.address('e', network))).toBe('10.0.0.6');
});

test('an address, and its network, cannot be changed', () => {
  const [blue, red] = [driver.network('blue'), driver.network('red')];
  const made = driver.address('a', blue);
  expect(refusal(() => driver.update(made.uuid, { instance_ip_address: '10.0.0.9' }))).toBe(
    '400 Instance IP Address can not be changed',
  );
  expect(refusal(() => driver.update(made.uuid, { virtual_network_refs: [{ uuid: red.uuid }] }))).toBe(
    '400 The network of an address can not be changed',
  );
  expect(textOf(driver.update(made.uuid, { instance_ip_address: '10.0.0.3', display_name: 'x' }))).toBe(
    '10.0.0.3',
  );
});

test('without network, or without subnet, there is no address', () => {
  expect(refusal(() => driver.create('instance-ip', { fq_name: ['a'] }))).toBe(
    '400 Bad reference in create: virtual_network_refs is missing',
  );
  const bare = driver.create('virtual-network', { fq_name: [...PROJECT, 'bare'] });
  expect(refusal(() => driver.address('a', bare))).toBe(
    "400 Virtual-Network([u'default-domain', u'vCenter', u'bare']) has no defined subnets",
  );
});

test('the addresses of ip-fabric and __link_local__ are not managed', () => {
  const fabric = driver.state.graph
    .ofType('virtual-network')
    .find(({ fqName }) => fqName.at(-1) === 'ip-fabric') as StoredObject;
  expect(textOf(ask('a', fabric, '192.0.2.1'))).toBe('192.0.2.1');
  expect(textOf(driver.address('b', fabric))).toBeUndefined();
});

test('floating addresses come from the network of their pool', () => {
  const network = driver.network('public');
  const pool = driver.create('floating-ip-pool', { fq_name: [...network.fqName, 'pool'] });
  const fq_name = [...pool.fqName, 'fip-1'];
  const made = driver.create('floating-ip', { fq_name, parent_type: 'floating-ip-pool' });
  expect(made.properties['floating_ip_address']).toBe('10.0.0.3');
  expect(textOf(driver.address('a', network))).toBe('10.0.0.4');
  driver.delete(made.uuid);
  expect(textOf(driver.address('b', network))).toBe('10.0.0.3');
});

test('a subnet keeps its gateway and its addresses; what is left out of an update stays as it was', () => {
  const network = driver.network('blue');
  const held = driver.address('a', network);
  const set = (spec: object): StoredObject => {
    const attr = { ipam_subnets: [{ addr_from_start: true, ...spec }] };
    return driver.update(network.uuid, { network_ipam_refs: [{ to: IPAM, attr }] });
  };
  const subnet = { ip_prefix: '10.0.0.0', ip_prefix_len: 24 };
  expect(refusal(() => set({ subnet, default_gateway: '10.0.0.9' }))).toBe(
    '400 default gateway change is not allowed orig:10.0.0.1, new: 10.0.0.9',
  );
  expect(refusal(() => set({ subnet, dns_server_address: '10.0.0.9' }))).toBe(
    '400 dns server change is not allowed orig:10.0.0.2, new: 10.0.0.9',
  );
  expect(refusal(() => set({ subnet: { ip_prefix: '10.9.0.0', ip_prefix_len: 24 } }))).toBe(
    '409 Cannot Delete IP Block, IP(10.0.0.3) is in use',
  );
  expect(refusal(() => set({ subnet: { ip_prefix: '10.0.0.0' } }))).toMatch(/^400 Bad reference in create: /);
  // Leaving out addr_from_start would move the gateway, were it not known.
  const [ref] = set({ subnet, addr_from_start: false }).refs['network-ipam'] ?? [];
  expect(ref?.attr).toMatchObject({ ipam_subnets: [{ default_gateway: '10.0.0.1' }] });
  expect(textOf(driver.address('b', driver.get(network.uuid)))).toBe('10.0.0.254');
  driver.delete(held.uuid);
});

test('subnets of one network do not overlap', () => {
  const subnets = [
    { subnet: { ip_prefix: '10.0.0.0', ip_prefix_len: 24 } },
    { subnet: { ip_prefix: '10.0.0.128', ip_prefix_len: 25 } },
  ];
  const network_ipam_refs = [{ to: IPAM, attr: { ipam_subnets: subnets } }];
  const create = () => driver.create('virtual-network', { fq_name: [...PROJECT, 'blue'], network_ipam_refs });
  expect(refusal(create)).toBe(
    "409 Overlapping addresses: [IPNetwork('10.0.0.0/24'), IPNetwork('10.0.0.128/25')]",
  );
});
