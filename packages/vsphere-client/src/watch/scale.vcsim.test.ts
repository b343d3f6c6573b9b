import { paged, startFaultProxy, startVcenterSim, vcenterSimMissing, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { watchForTest } from '../testing/watched.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test.skipIf(vcenterSimMissing())(
  '2,000 VMs on 100 hosts: read whole, in pages, and again after a lost session without a change',
  async () => {
    const generated = { hosts: 100, vms: 2_000, portGroups: 50 };
    const sim = await startVcenterSim({ generated });
    cleanups.push(() => sim.stop());
    const proxy = await startFaultProxy(sim.url);
    cleanups.push(() => proxy.stop());
    proxy.inject(paged(300));
    const watched = watchForTest({ url: proxy.url, pollSeconds: 2 });
    cleanups.push(() => watched.stop());
    const limits = { timeoutMs: 90_000 };
    await waitFor(() => watched.statuses.at(-1)?.state === 'synced', { what: 'the whole', ...limits });
    const { hosts, vms, networks } = watched.picture();
    expect([hosts.size, vms.size]).toEqual([100, 2_000]);
    expect([...vms.values()].filter(({ adapters }) => adapters.length === 1)).toHaveLength(2_000);
    expect(networks.size).toBeGreaterThanOrEqual(50);

    await waitFor(() => proxy.interruptPolls('NotAuthenticated') === 1, { what: 'a poll to interrupt' });
    await waitFor(() => proxy.count('Login') === 2, { what: 'another login', ...limits });
    await waitFor(() => watched.statuses.at(-1)?.state === 'synced', { what: 'the whole again', ...limits });
    expect(watched.pictures).toHaveLength(1);
  },
  400_000,
);
