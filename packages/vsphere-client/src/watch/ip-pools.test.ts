import { waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import {
  datacenterSet,
  fault,
  pooledSet,
  poolElement,
  response,
  rootSet,
  updates,
} from '../testing/answers.ts';
import { startFakeVcenter, type FakeVcenter, type Reply, type Script } from '../testing/fake-vcenter.ts';
import { watchForTest, type Watched } from '../testing/watched.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const BLUE = 'dvportgroup-21';
const RED = 'dvportgroup-22';
const blueHasPool7 = updates([rootSet, datacenterSet, pooledSet('enter', BLUE, 7)]);
const pools = (...ids: readonly number[]): Reply =>
  response('QueryIpPools', ids.map((id) => poolElement(id, { subnetAddress: `10.0.${id}.0` })).join(''));

async function watch(script: Script, ipPools = true): Promise<{ vcenter: FakeVcenter; watched: Watched }> {
  const vcenter = await startFakeVcenter(script);
  cleanups.push(() => vcenter.stop());
  const watched = watchForTest({ url: vcenter.url, ipPools });
  cleanups.push(() => watched.stop());
  return { vcenter, watched };
}

/** The answers to the calls of WaitForUpdatesEx, one after the other; then nothing more happens. */
function inTurn(...replies: readonly Reply[]): Script {
  return { WaitForUpdatesEx: (nth) => replies[nth] };
}

test('nobody asks for pools where no port group has one, or where nobody wants to know', async () => {
  const none = await watch(inTurn(updates([rootSet, datacenterSet])));
  const unwanted = await watch(inTurn(blueHasPool7), false);
  for (const { vcenter, watched } of [none, unwanted]) {
    await watched.until('synced');
    await waitFor(() => vcenter.count('WaitForUpdatesEx') === 2, { what: 'the first poll' });
    expect(vcenter.count('QueryIpPools')).toBe(0);
    expect(watched.picture().ipPools.size).toBe(0);
  }
});

test('a pool without an IPv4 side, and one without a number, break nothing', async () => {
  const odd = '<returnval><id>7</id></returnval><returnval><name>x</name></returnval>';
  const { watched } = await watch({
    ...inTurn(blueHasPool7),
    QueryIpPools: () => response('QueryIpPools', odd),
  });
  await watched.until('synced');
  expect([...watched.picture().ipPools]).toEqual([[7, expect.objectContaining({ id: 7, name: '7' })]]);
});

test('an account that may not see pools sees everything else', async () => {
  const { vcenter, watched } = await watch({
    ...inTurn(blueHasPool7),
    QueryIpPools: () => fault('NoPermission'),
  });
  await watched.until('synced');
  expect(watched.picture().networks.get(BLUE)?.ipPoolId).toBe(7);
  expect(watched.picture().ipPools.size).toBe(0);
  expect(vcenter.count('QueryIpPools')).toBe(1);
});

test('a pool that vCenter refuses to tell later stands as it was', async () => {
  const unknown = updates([pooledSet('modify', 'dvportgroup-99', 7)], { version: '2' });
  const { vcenter, watched } = await watch({
    ...inTurn(blueHasPool7, unknown, blueHasPool7),
    QueryIpPools: (nth) => (nth === 0 ? pools(7) : fault('NoPermission')),
  });
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 4, { what: 'the poll after the second read' });
  expect(vcenter.count('QueryIpPools')).toBe(2);
  expect(watched.picture().ipPools.get(7)?.subnetAddress).toBe('10.0.7.0');
});

test('pools are asked for again only when a port group has one that was never asked for', async () => {
  const again = updates([pooledSet('modify', BLUE, 7)], { version: '2' });
  const other = updates([pooledSet('enter', RED, 9)], { version: '3' });
  const back = updates([pooledSet('modify', RED, 7)], { version: '4' });
  const { vcenter, watched } = await watch({
    ...inTurn(blueHasPool7, again, other, back),
    QueryIpPools: (nth) => pools(7, ...(nth === 0 ? [] : [9])),
  });
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 5, { what: 'the last poll' });
  expect(vcenter.count('QueryIpPools')).toBe(2);
  expect([...watched.picture().ipPools.keys()]).toEqual([7, 9]);
  const shown = watched.pictures.find(({ networks }) => networks.get(RED)?.ipPoolId === 9);
  expect(shown?.ipPools.has(9)).toBe(true);
});

test('a session that ends during the question is renewed', async () => {
  const { vcenter, watched } = await watch({
    ...inTurn(blueHasPool7, blueHasPool7),
    QueryIpPools: (nth) => (nth === 0 ? fault('NotAuthenticated') : pools(7)),
  });
  await watched.until('synced');
  expect(vcenter.count('Login')).toBe(2);
  expect(watched.picture().ipPools.has(7)).toBe(true);
});
