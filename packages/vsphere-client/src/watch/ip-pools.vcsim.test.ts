import { waitFor, type SimIpPool } from '@vrouter/testkit';
import { expect } from 'vitest';
import type { IpPoolRecord, NetworkRecord } from '../picture/records.ts';
import { watchForTest } from '../testing/watched.ts';
import { simTest, WatchedSim } from '../testing/watched-sim.ts';

const POOL: SimIpPool = {
  subnetAddress: '10.0.1.0',
  netmask: '255.255.255.0',
  gateway: '10.0.1.1',
  range: '10.0.1.100#50',
  rangeEnabled: true,
};

const site = new WatchedSim(
  {
    networks: [
      { name: 'blue', vlan: { primary: 7, isolated: 7 }, ipPool: POOL },
      { name: 'red', vlan: { primary: 8, isolated: 8 }, externalIpam: true },
    ],
  },
  { pollSeconds: 1, ipPools: true },
);

function network(name: string, from = site.watched): NetworkRecord | undefined {
  return [...from.picture().networks.values()].find((each) => each.name === name);
}

function poolOf(name: string, from = site.watched): IpPoolRecord | undefined {
  return from.picture().ipPools.get(network(name, from)?.ipPoolId ?? 0);
}

simTest('the first picture has the pools, and what is written on port groups', () => {
  expect(poolOf('blue')).toEqual({ id: 2, name: 'blue', ...POOL });
  expect(network('blue')?.externalIpam).toBe(false);
  expect(network('red')).toMatchObject({ externalIpam: true, ipPoolId: undefined });
});

simTest('a pool that a port group is given is read at once, though nobody reports it', async () => {
  await site.sim.apply({ action: 'setIpPool', network: 'red', pool: { ...POOL, subnetAddress: '10.0.2.0' } });
  await waitFor(() => poolOf('red')?.subnetAddress === '10.0.2.0', { what: 'the pool of red' });
});

simTest('a change of a pool is seen when everything is read again', async () => {
  const often = watchForTest({
    url: site.sim.url,
    pollSeconds: 1,
    rereadMs: 1_000,
    ipPools: true,
    scope: { datacenter: site.sim.datacenter },
  });
  await often.until('synced');
  expect(poolOf('blue', often)?.range).toBe(POOL.range);
  await site.sim.apply({ action: 'setIpPool', network: 'blue', pool: { ...POOL, range: '10.0.1.200#9' } });
  await waitFor(() => poolOf('blue', often)?.range === '10.0.1.200#9', { what: 'the new range' });
  expect(poolOf('red', often)?.subnetAddress).toBe('10.0.2.0');
  await often.stop();
});
