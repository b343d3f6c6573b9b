import type { VirtualNetwork } from '@vrouter/config-api-client';
import { expect, test } from 'vitest';
import { EMPTY, NETWORK_ID, PLACEMENTS } from '../../binding/testing/inventory.ts';
import type { Network } from '../../inventory/model.ts';
import type { ConfiguredNetwork } from '../config-section.ts';
import { ModelApi } from '../testing/model-api.ts';
import { planNetwork } from './plan-network.ts';
import type { Plan } from './step.ts';
import { subnetsOf } from './subnets.ts';
import { wantedOf } from './wanted.ts';

/** Who says which addresses a network has: the configuration, else its IP pool, else whoever made it. */
const POOLED = {
  subnet: '10.0.1.0/24',
  pools: [{ start: '10.0.1.9', end: '10.0.1.20' }],
  addresses: 'api',
} as const;
const CONFIGURED: ConfiguredNetwork = { name: 'blue', subnet: '10.7.0.0/16', addresses: 'guest' };

interface Said {
  readonly byVcenter?: Pick<Network, 'addresses' | 'addressesProblem'>;
  readonly byUs?: ConfiguredNetwork;
}

/** What is to be done about the network, after which it is done. */
function plan(api: ModelApi, { byVcenter, byUs }: Said): Plan {
  const networks = EMPTY.networks.map((network) => ({ ...network, ...byVcenter }));
  const configured = byUs === undefined ? [] : [byUs];
  const wanted = wantedOf({ ...EMPTY, networks }, PLACEMENTS, configured, () => undefined);
  const context = { holds: () => undefined, isBraked: false, isHeldBack: () => false };
  const made = planNetwork(NETWORK_ID, wanted.networks.get(NETWORK_ID), api.picture, context);
  for (const step of made.steps) api.apply(step);
  return made;
}

function network(api: ModelApi): VirtualNetwork {
  const found = api.picture.networks.get(NETWORK_ID);
  if (found === undefined) throw new Error('there is no network');
  return found;
}

function subnets(api: ModelApi): (string | undefined)[] {
  return subnetsOf(network(api)).map(({ subnet }) => `${subnet?.ip_prefix}/${subnet?.ip_prefix_len}`);
}

test('a network gets the subnet of its IP pool', () => {
  const api = new ModelApi([]);
  plan(api, { byVcenter: { addresses: POOLED } });
  expect(subnets(api)).toEqual(['10.0.1.0/24']);
  expect(subnetsOf(network(api))[0]?.allocation_pools).toEqual(POOLED.pools);
  expect(network(api).external_ipam).toBe(false);
  expect(plan(api, { byVcenter: { addresses: POOLED } }).steps).toEqual([]);
});

test('what the configuration says of a network is all that counts', () => {
  const api = new ModelApi([]);
  const problem = { addressesProblem: 'its pool is bad' };
  const { obstacles } = plan(api, { byVcenter: problem, byUs: CONFIGURED });
  expect(obstacles).toEqual([]);
  expect(plan(api, { byVcenter: { addresses: POOLED }, byUs: CONFIGURED }).steps).toEqual([]);
  expect(subnets(api)).toEqual(['10.7.0.0/16']);
  expect(network(api).external_ipam).toBe(true);
});

test('another range of the pool changes the subnet, and no range opens all of it', () => {
  const api = new ModelApi([]);
  plan(api, { byVcenter: { addresses: POOLED } });
  const pools = [...POOLED.pools, { start: '10.0.1.100', end: '10.0.1.100' }];
  plan(api, { byVcenter: { addresses: { ...POOLED, pools } } });
  expect(subnetsOf(network(api)).map((subnet) => subnet.allocation_pools)).toEqual([pools]);
  const { pools: _, ...open } = POOLED;
  plan(api, { byVcenter: { addresses: open } });
  expect(subnetsOf(network(api)).map((subnet) => subnet.allocation_pools)).toEqual([[]]);
});

test('a network whose pool is taken away keeps its subnet, and so its addresses', () => {
  const api = new ModelApi([]);
  plan(api, { byVcenter: { addresses: POOLED } });
  expect(plan(api, {}).steps).toEqual([]);
  expect(subnets(api)).toEqual(['10.0.1.0/24']);
});

test('a pool that is no use is told, and holds up neither a new network nor one that is there', () => {
  const api = new ModelApi([]);
  const byVcenter = { addressesProblem: 'its IP pool shop has no subnet' };
  const made = plan(api, { byVcenter });
  expect(made.obstacles).toEqual([
    expect.stringContaining('blue has no subnet from vCenter: its IP pool shop'),
  ]);
  expect(subnets(api)).toEqual([]);
  expect(plan(api, { byVcenter }).obstacles).toHaveLength(1);
  plan(api, { byVcenter: { addresses: POOLED } });
  expect(subnets(api)).toEqual(['10.0.1.0/24']);
});

test('a gateway that is another one in the config API is told, since it cannot be changed', () => {
  const api = new ModelApi([]);
  const withGateway = (gateway: string): Said => ({ byVcenter: { addresses: { ...POOLED, gateway } } });
  expect(plan(api, withGateway('10.0.1.1')).obstacles).toEqual([]);
  expect(plan(api, withGateway('10.0.1.1')).obstacles).toEqual([]);
  const { steps, obstacles } = plan(api, withGateway('10.0.1.254'));
  expect(steps).toEqual([]);
  expect(obstacles).toEqual([
    'network blue: the gateway of subnet 10.0.1.0/24 is 10.0.1.1 in the config API and cannot be changed to 10.0.1.254',
  ]);
  expect(plan(api, { byVcenter: { addresses: POOLED } }).obstacles).toEqual([]);
});
