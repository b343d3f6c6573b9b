import {
  buildVcenterSim,
  startVcenterSim,
  vcenterSimMissing,
  waitFor,
  type VcenterSim,
  type VcenterSimOptions,
} from '@vrouter/testkit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { watchForTest, type Watched } from '../testing/watched.ts';
import type { WatchOptions } from './options.ts';

const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);

const INVENTORY = {
  hosts: ['esx-1'],
  networks: [{ name: 'blue', vlan: { primary: 7, isolated: 7 } }],
  vms: ['web-1', 'web-2'].map((name, index) => ({
    name,
    host: 'esx-1',
    power: 'on' as const,
    adapters: [{ mac: `00:50:56:bf:7d:a${index}`, network: 'blue' }],
  })),
};

const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  if (!missing) await buildVcenterSim();
}, 400_000);

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: VcenterSimOptions = {}): Promise<VcenterSim> {
  const sim = await startVcenterSim({ inventory: INVENTORY, ...options });
  cleanups.push(() => sim.stop());
  return sim;
}

function watch(options: Partial<WatchOptions> & Pick<WatchOptions, 'url'>): Watched {
  const watched = watchForTest({ pollSeconds: 1, ...options });
  cleanups.push(() => watched.stop());
  return watched;
}

function vmNames(watched: Watched): string[] {
  return [...watched.picture().vms.values()].map(({ name }) => name);
}

/** Waits for a loss after `since`, then for the end of the read that follows. */
async function resynced(watched: Watched, since: number): Promise<void> {
  await waitFor(() => watched.statuses.slice(since).some(({ state }) => state === 'disconnected'), {
    what: 'the loss',
  });
  await watched.until('synced');
}

simTest('a session that an administrator ends is renewed, and nothing seems to have changed', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url });
  await watched.until('synced');
  await sim.terminateSessions();
  await watched.untilReason(/NotAuthenticated/);
  await watched.until('synced');
  expect(watched.pictures).toHaveLength(1);
});

simTest('a session that ends by idling is renewed', async () => {
  const sim = await start({ sessionIdleMs: 1_000 });
  const watched = watch({ url: sim.url, pollSeconds: 3 });
  await watched.until('synced');
  await watched.untilReason(/NotAuthenticated/);
  await watched.until('synced');
  expect(watched.pictures).toHaveLength(1);
});

simTest('what changed while the session was lost is seen', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url });
  await watched.until('synced');
  await sim.terminateSessions();
  await sim.apply({ action: 'power', vm: 'web-1', power: 'off' }, { action: 'destroyVm', vm: 'web-2' });
  await waitFor(() => vmNames(watched).join() === 'web-1', { what: 'the destroyed VM gone' });
  await waitFor(() => [...watched.picture().vms.values()][0]?.power === 'poweredOff', {
    what: 'the other off',
  });
});

simTest('a vCenter that is killed and comes back the same is no change', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url });
  await watched.until('synced');
  const said = watched.statuses.length;
  await sim.kill();
  await watched.untilReason(/ECONNREFUSED/, said);
  await sim.restart();
  await resynced(watched, said);
  expect(watched.pictures).toHaveLength(1);
});

simTest('a vCenter that comes back with another inventory: one step, no VM away in between', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url });
  await watched.until('synced');
  const said = watched.statuses.length;
  await sim.restart(({ vms, ...rest }) => ({
    ...rest,
    vms: [
      ...vms.slice(1),
      { name: 'web-3', host: 'esx-1', adapters: [{ mac: '00:50:56:bf:7d:a9', network: 'blue' }] },
    ],
  }));
  await resynced(watched, said);
  expect(vmNames(watched)).toEqual(['web-2', 'web-3']);
  expect(watched.pictures).toHaveLength(2);
});

simTest('stops although vCenter hangs, and another finds it again', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url });
  await watched.until('synced');
  sim.pause();
  await watched.stop();
  sim.resume();
  const again = watch({ url: sim.url });
  await again.until('synced');
  expect(vmNames(again)).toEqual(['web-1', 'web-2']);
});

simTest('a wrong password is refused, and not tried again at once', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url, password: 'wrong' });
  expect(await watched.until('refused')).toMatchObject({ reason: expect.stringContaining('InvalidLogin') });
  expect(watched.statuses.map(({ state }) => state)).toEqual(['connecting', 'refused']);
});

simTest('what the simulator does not report is found by reading again', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url, rereadMs: 1_500 });
  await watched.until('synced');
  await sim.apply({ action: 'maintenance', host: 'esx-1', maintenance: true, silently: true });
  await waitFor(() => [...watched.picture().hosts.values()][0]?.maintenance === true, {
    what: 'the maintenance',
  });
  expect(watched.statuses.map(({ state }) => state)).toEqual(['connecting', 'reading', 'synced']);
});

simTest('only the data centre asked for', async () => {
  const sim = await start();
  const watched = watch({ url: sim.url, scope: { datacenter: sim.datacenter } });
  await watched.until('synced');
  expect(vmNames(watched)).toEqual(['web-1', 'web-2']);
  const lost = watch({ url: sim.url, scope: { datacenter: 'DC9' } });
  await lost.untilReason(/no data centre at DC9/);
  expect(lost.pictures).toHaveLength(0);
});

simTest(
  'over TLS: the pinned authority is trusted, another is not, and neither is the wrong name',
  async () => {
    const sim = await start({ tlsNames: ['127.0.0.1', 'vcenter.test'] });
    const other = await start({ tlsNames: ['elsewhere.test'] });
    const authorityPem = sim.authorityPem ?? '';
    const otherPem = other.authorityPem ?? '';
    expect(sim.url).toMatch(/^https:/u);

    await watch({ url: sim.url, tls: { authorityPem } }).until('synced');
    await watch({ url: sim.url, tls: { authorityPem, serverName: 'vcenter.test' } }).until('synced');
    await watch({ url: sim.url, tls: { insecure: true } }).until('synced');
    await watch({ url: other.url, tls: { authorityPem: otherPem, serverName: 'elsewhere.test' } }).until(
      'synced',
    );

    await watch({ url: sim.url, tls: { authorityPem: otherPem } }).untilReason(/certificate/);
    await watch({ url: sim.url }).untilReason(/certificate/);
    await watch({ url: other.url, tls: { authorityPem: otherPem } }).untilReason(/does not match|altname/i);
  },
);

simTest('one client without checks leaves those of the others alone', async () => {
  const sim = await start({ tlsNames: ['127.0.0.1'] });
  await watch({ url: sim.url, tls: { insecure: true } }).until('synced');
  await expect(fetch(sim.url, { method: 'POST' })).rejects.toThrow();
});

simTest('a generated inventory of 200 VMs is read in one go', async () => {
  const sim = await start({ inventory: {}, generated: { hosts: 10, vms: 200, portGroups: 5 } });
  const watched = watch({ url: sim.url });
  await watched.until('synced');
  expect(watched.picture().vms.size).toBe(200);
  expect(watched.picture().hosts.size).toBe(10);
  expect(watched.pictures).toHaveLength(1);
});
