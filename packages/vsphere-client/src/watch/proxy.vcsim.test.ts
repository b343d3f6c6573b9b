import {
  buildVcenterSim,
  cutAnswer,
  emptied,
  hidden,
  manualClock,
  paged,
  slowAnswer,
  soapFault,
  startFaultProxy,
  startVcenterSim,
  vcenterSimMissing,
  waitFor,
  type Fault,
  type FaultProxy,
  type VcenterSim,
} from '@vrouter/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Picture } from '../picture/records.ts';
import { watchForTest, type Watched } from '../testing/watched.ts';
import type { WatchOptions } from './options.ts';

/** What goes wrong between us and a real simulator, one thing at a time. */
const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);
const VMS = ['web-1', 'web-2', 'db-1', 'db-2'];
const POLLS = 'WaitForUpdatesEx';

let sim: VcenterSim;
let proxy: FaultProxy;
const watches: Watched[] = [];

beforeAll(async () => {
  if (missing) return;
  await buildVcenterSim();
  sim = await startVcenterSim({
    inventory: {
      hosts: ['esx-1', 'esx-2'],
      networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
      vms: VMS.map((name, index) => ({
        name,
        host: index % 2 === 0 ? 'esx-1' : 'esx-2',
        power: 'on' as const,
        adapters: [{ mac: `00:50:56:bf:7d:a${index}`, network: 'blue', ip: `10.0.0.${index}` }],
      })),
    },
  });
}, 400_000);

afterAll(() => sim?.stop());

afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
  await proxy?.stop();
});

/** Watches through a proxy in which these faults wait. */
async function watchThrough(
  faults: readonly Fault[] = [],
  options: Partial<WatchOptions> = {},
): Promise<Watched> {
  proxy = await startFaultProxy(sim.url);
  for (const fault of faults) proxy.inject(fault);
  const watched = watchForTest({ url: proxy.url, pollSeconds: 1, ...options });
  watches.push(watched);
  return watched;
}

function names(picture: Picture): string[] {
  return [...picture.vms.values()].map(({ name }) => name);
}

/** Reads the same without any fault, for comparison. */
async function truth(): Promise<Picture> {
  const watched = watchForTest({ url: sim.url, pollSeconds: 1 });
  watches.push(watched);
  await watched.until('synced');
  return watched.picture();
}

/** Waits until the client polls. */
async function polling(): Promise<void> {
  const before = proxy.count(POLLS);
  await waitFor(() => proxy.count(POLLS) > before, { what: 'a poll' });
}

simTest('without faults the proxy changes nothing', async () => {
  const watched = await watchThrough();
  await watched.until('synced');
  expect(watched.picture()).toEqual(await truth());
});

simTest.each([1, 3, 7])('an inventory in pages of %i is the same, and shown once', async (objectsMax) => {
  const watched = await watchThrough([paged(objectsMax)]);
  await watched.until('synced');
  expect(watched.picture()).toEqual(await truth());
  expect(watched.pictures).toHaveLength(1);
  expect(proxy.count(POLLS)).toBeGreaterThan(2);
});

simTest('a read that breaks off between two pages shows nothing of itself', async () => {
  const watched = await watchThrough([paged(2), cutAnswer({ method: POLLS, times: 1 })]);
  await watched.until('synced');
  watched.pictures.forEach((picture) => expect(names(picture)).toEqual(VMS));
});

simTest('a page that vCenter forgot means to read again', async () => {
  const watched = await watchThrough([paged(2)]);
  await watched.until('synced');
  proxy.inject(soapFault('InvalidCollectorVersion', { method: POLLS, times: 2 }));
  await watched.untilReason(/InvalidCollectorVersion/);
  await watched.until('synced');
  expect(watched.pictures).toHaveLength(1);
});

simTest.each(['NotAuthenticated', 'InvalidCollectorVersion', 'ManagedObjectNotFound', 'RequestCanceled'])(
  '%s in the middle of a poll means to read again, and nothing has changed',
  async (kind) => {
    const watched = await watchThrough([], { pollSeconds: 20 });
    await watched.until('synced');
    await waitFor(() => proxy.interruptPolls(kind) === 1, { what: 'a poll to interrupt' });
    await watched.untilReason(new RegExp(kind));
    await watched.until('synced');
    expect(watched.pictures).toHaveLength(1);
    expect(proxy.count('Login')).toBe(2);
  },
);

simTest('a change that came with the lost answer is not lost', async () => {
  const watched = await watchThrough([], { pollSeconds: 20 });
  await watched.until('synced');
  proxy.inject(cutAnswer({ method: POLLS, times: 1 }));
  await sim.apply({ action: 'power', vm: 'web-1', power: 'off' });
  await watched.untilReason(/other side closed|terminated|ECONNRESET|content-length/i);
  await waitFor(() => [...watched.picture().vms.values()][0]?.power === 'poweredOff', { what: 'it off' });
  await sim.apply({ action: 'power', vm: 'web-1', power: 'on' });
  await waitFor(() => [...watched.picture().vms.values()][0]?.power === 'poweredOn', { what: 'it on' });
});

simTest.each(['nothing', 'half'] as const)(
  'a first answer of which %s arrives is not a read',
  async (part) => {
    const watched = await watchThrough([cutAnswer({ method: POLLS, times: 1 }, part)]);
    await watched.untilReason(/./);
    expect(watched.pictures).toHaveLength(0);
    await watched.until('synced');
    expect(names(watched.picture())).toEqual(VMS);
  },
);

simTest.each(['no update set', 'no objects', 'no content'] as const)(
  'an inventory that is empty by mistake (%s) is no inventory',
  async (kind) => {
    const watched = await watchThrough([emptied({ method: POLLS, times: 2 }, kind)]);
    await watched.untilReason(/came without|not well-formed|empty/);
    await watched.until('synced');
    watched.pictures.forEach((picture) => expect(names(picture)).toEqual(VMS));
    // And the same again, in the middle of its life.
    proxy.interruptPolls('NotAuthenticated');
    proxy.inject(emptied({ method: POLLS, times: 1 }, kind));
    await polling();
    await watched.until('synced');
    expect(watched.pictures).toHaveLength(1);
  },
);

simTest('slow answers are waited for, up to the limit', async () => {
  const clock = manualClock();
  const slow = slowAnswer({ method: POLLS, times: 1 });
  const watched = await watchThrough([slow], { clock });
  await waitFor(() => proxy.count(POLLS) === 1, { what: 'the read' });
  await clock.advance(119_999);
  expect(watched.statuses.at(-1)).toEqual({ state: 'reading' });
  await clock.advance(1);
  await watched.untilReason(/No complete answer within 120000 ms/);
  slow.letGo();
  await clock.advance(1_000);
  await watched.until('synced');
});

simTest('a slow answer within the limit is an answer', async () => {
  const slow = slowAnswer({ method: POLLS, times: 1 });
  const watched = await watchThrough([slow]);
  await waitFor(() => proxy.count(POLLS) === 1, { what: 'the read' });
  slow.letGo();
  await watched.until('synced');
  expect(watched.statuses.map(({ state }) => state)).toEqual(['connecting', 'reading', 'synced']);
});

simTest('a wrong password is tried so seldom that the account is not locked', async () => {
  const clock = manualClock();
  const watched = await watchThrough([], { clock, password: 'wrong' });
  const refusals = (): number => watched.statuses.filter(({ state }) => state === 'refused').length;
  await waitFor(() => refusals() === 1, { what: 'the first refusal' });
  const perWindow: number[] = [];
  for (let window = 0; window < 5; window += 1) {
    const before = proxy.count('Login');
    for (let second = 0; second < 180; second += 1) {
      await clock.advance(1_000);
      // A login that was sent is answered before more time goes by.
      await waitFor(() => refusals() === proxy.count('Login'), { what: 'the answer' });
    }
    perWindow.push(proxy.count('Login') - before);
  }
  expect(proxy.count('Login')).toBeGreaterThan(5);
  expect(Math.max(...perWindow)).toBeLessThanOrEqual(4);
});

simTest('no right to read is no empty inventory', async () => {
  const watched = await watchThrough([soapFault('NoPermission', { method: 'CreateFilter', times: 1 })]);
  await watched.untilReason(/NoPermission/);
  expect(watched.pictures).toHaveLength(0);
});

simTest.each<[string, (index: number) => boolean, number]>([
  ['none', () => true, 0],
  ['half', (index) => index % 2 === 0, 2],
])(
  'a login that suddenly sees %s of the VMs: that is a fact, until it sees them again',
  async (_what, isLost, left) => {
    const watched = await watchThrough([], { pollSeconds: 20 });
    await watched.until('synced');
    const lost = new Set([...watched.picture().vms.keys()].filter((_ref, index) => isLost(index)));
    const restore = proxy.inject(hidden((_type, ref) => lost.has(ref)));
    await waitFor(() => proxy.interruptPolls('NotAuthenticated') === 1, { what: 'a poll to interrupt' });
    await waitFor(() => watched.picture().vms.size === left, { what: 'the VMs gone' });
    await watched.until('synced');
    expect(watched.picture().hosts.size).toBe(2);
    restore();
    await waitFor(() => proxy.interruptPolls('NotAuthenticated') === 1, { what: 'a poll to interrupt' });
    await waitFor(() => watched.picture().vms.size === 4, { what: 'the VMs back' });
    expect(watched.pictures).toHaveLength(3);
  },
);

simTest.each([
  ['behind', -10 * 365 * 86_400_000],
  ['ahead', 10 * 365 * 86_400_000],
])('a clock that is set ten years %s while watching changes nothing', async (_what, stepMs) => {
  let offsetMs = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + offsetMs };
  const watched = await watchThrough([], { clock, rereadMs: 1_000 });
  await watched.until('synced');
  offsetMs = stepMs;
  const filters = proxy.count('CreateFilter');
  await waitFor(() => proxy.count('CreateFilter') > filters + 1, { what: 'reading again, as before' });
  expect(watched.statuses.map(({ state }) => state)).toEqual(['connecting', 'reading', 'synced']);
  expect(watched.pictures).toHaveLength(1);
});
