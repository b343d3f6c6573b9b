import { manualClock, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import {
  CUT,
  HANG,
  startFakeVcenter,
  type FakeVcenter,
  type Reply,
  type Script,
} from '../testing/fake-vcenter.ts';
import { fault, hostSet, objectSet, response, rootSet, updates, val } from '../testing/answers.ts';
import { watchForTest, type Watched } from '../testing/watched.ts';
import type { WatchOptions } from './options.ts';
import { watchVcenter } from './watch.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function fake(script: Script = {}): Promise<FakeVcenter> {
  const vcenter = await startFakeVcenter(script);
  cleanups.push(() => vcenter.stop());
  return vcenter;
}

function watch(options: Partial<WatchOptions> & Pick<WatchOptions, 'url'>): Watched {
  const watched = watchForTest(options);
  cleanups.push(() => watched.stop());
  return watched;
}

/** The answers to the calls of WaitForUpdatesEx, one after the other; then nothing more happens. */
function inTurn(...replies: readonly Reply[]): Script {
  return { WaitForUpdatesEx: (nth) => replies[nth] };
}

const oneHost = updates([rootSet, hostSet('enter', 'host-1', 'esx-1')]);

test.each([
  ['no URL', { url: 'vcenter' }, /Expected an http or https URL/],
  [
    'parts of a data centre without it',
    { url: 'https://v/sdk', scope: { cluster: ['C0'], folder: ['shop'] } },
    /has cluster and folder without the data centre/,
  ],
  ['an authority that is none', { url: 'https://v/sdk', tls: { authorityPem: 'x' } }, /no PEM certificate/],
])('refuses %s at once', (_what, options, message) => {
  const listener = { onPicture: () => undefined, onStatus: () => undefined };
  expect(() => watchVcenter({ username: 'u', password: 'p', ...options }, listener)).toThrow(message);
});

test('logs in without an old cookie, then reads with the new one', async () => {
  const vcenter = await fake(inTurn(oneHost));
  await watch({ url: vcenter.url }).until('synced');
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 2, { what: 'the first poll' });
  const session = 'vmware_soap_session="0"';
  expect(vcenter.calls.map(({ method, cookie }) => [method, cookie])).toEqual([
    ['RetrieveServiceContent', undefined],
    ['Login', undefined],
    ['CreatePropertyCollector', session],
    ['CreateFilter', session],
    ['WaitForUpdatesEx', session],
    ['WaitForUpdatesEx', session],
  ]);
});

test('parameters stand in the order of the schema', async () => {
  const vcenter = await fake(
    inTurn(updates([rootSet, hostSet('enter', 'host-1', 'esx-1')], { version: '7' })),
  );
  await watch({ url: vcenter.url, pollSeconds: 9, username: 'a&b', password: '<c>' }).until('synced');
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 2, { what: 'the first poll' });
  const args = (method: string): string[] =>
    vcenter.calls.filter((call) => call.method === method).map((call) => call.args);
  expect(args('Login')).toEqual(['<userName>a&amp;b</userName><password>&lt;c&gt;</password>']);
  expect(args('WaitForUpdatesEx')).toEqual([
    '<version></version><options><maxWaitSeconds>0</maxWaitSeconds><maxObjectUpdates>1000</maxObjectUpdates></options>',
    '<version>7</version><options><maxWaitSeconds>9</maxWaitSeconds><maxObjectUpdates>1000</maxObjectUpdates></options>',
  ]);
  expect(args('CreateFilter')[0]).toMatch(/^<spec>.*<\/spec><partialUpdates>false<\/partialUpdates>$/u);
});

test('a picture is shown only when it is complete', async () => {
  const vcenter = await fake(
    inTurn(
      updates([rootSet, hostSet('enter', 'host-1', 'esx-1')], { version: '1', truncated: true }),
      updates([hostSet('enter', 'host-2', 'esx-2')], { version: '2', truncated: false }),
      updates([hostSet('enter', 'host-3', 'esx-3')], { version: '3', truncated: true }),
      updates([objectSet('leave', 'HostSystem', 'host-1')], { version: '4' }),
    ),
  );
  const watched = watch({ url: vcenter.url });
  await waitFor(() => watched.pictures.length === 2, { what: 'two pictures' });
  expect(watched.pictures.map(({ hosts }) => [...hosts.keys()])).toEqual([
    ['host-1', 'host-2'],
    ['host-2', 'host-3'],
  ]);
  expect(watched.statuses.map(({ state }) => state)).toEqual(['connecting', 'reading', 'synced']);
});

test('an empty vCenter is a fact', async () => {
  const vcenter = await fake(inTurn(updates([rootSet])));
  const watched = watch({ url: vcenter.url });
  await watched.until('synced');
  expect(watched.picture().hosts.size).toBe(0);
});

test.each<[string, Reply, RegExp]>([
  ['nothing new', updates(undefined), /came without group-d1/],
  ['no objects', updates([]), /came without group-d1/],
  [
    'objects, but not where it began',
    updates([hostSet('enter', 'host-1', 'esx-1')]),
    /came without group-d1/,
  ],
  ['no content', { status: 200, body: '' }, /not well-formed|empty/],
  ['that it may not', fault('NoPermission'), /NoPermission/],
])('an answer that says %s is an error, and empties nothing', async (_what, reply, reason) => {
  const vcenter = await fake(inTurn(reply, oneHost, fault('NotAuthenticated'), reply, reply, oneHost));
  const watched = watch({ url: vcenter.url });
  await watched.untilReason(reason);
  expect(watched.pictures).toHaveLength(0);
  await waitFor(() => vcenter.count('WaitForUpdatesEx') > 6, { what: 'the poll after it all' });
  expect(watched.statuses.filter((status) => 'reason' in status)).toHaveLength(4);
  expect(watched.pictures).toHaveLength(1);
});

test('what is said again is not told again', async () => {
  const vcenter = await fake(
    inTurn(oneHost, updates([hostSet('modify', 'host-1', 'esx-1')]), updates(undefined)),
  );
  const watched = watch({ url: vcenter.url });
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 4, { what: 'the poll after it' });
  expect(watched.pictures).toHaveLength(1);
});

test.each<[string, Reply, RegExp]>([
  ['a session that ended', fault('NotAuthenticated'), /NotAuthenticated/],
  ['a version it forgot', fault('InvalidCollectorVersion'), /InvalidCollectorVersion/],
  ['an answer that breaks off', CUT, /other side closed|ECONNRESET|terminated/],
  ['a gateway in the way', { status: 503, body: '<html>' }, /HTTP status 503/],
  ['a document type', '<!DOCTYPE a><a/>', /document type/],
  ['an answer that is not XML', 'busy', /not well-formed/],
])('after %s it reads again, and what stayed the same is no change', async (_what, reply, reason) => {
  const vcenter = await fake(inTurn(oneHost, reply, oneHost));
  const watched = watch({ url: vcenter.url });
  await watched.untilReason(reason);
  await watched.until('synced');
  expect(vcenter.count('Login')).toBe(2);
  expect(watched.pictures).toHaveLength(1);
});

test('what left meanwhile is gone only when everything was read again', async () => {
  const vcenter = await fake(
    inTurn(
      updates([rootSet, hostSet('enter', 'host-1', 'esx-1'), hostSet('enter', 'host-2', 'esx-2')]),
      fault('NotAuthenticated'),
      updates([rootSet, hostSet('enter', 'host-2', 'esx-2')], { truncated: true }),
      CUT,
      updates([rootSet, hostSet('enter', 'host-2', 'esx-2')]),
    ),
  );
  const watched = watch({ url: vcenter.url });
  await waitFor(() => watched.pictures.length === 2, { what: 'the picture after the loss' });
  expect(watched.pictures.map(({ hosts }) => [...hosts.keys()])).toEqual([['host-1', 'host-2'], ['host-2']]);
  expect(watched.statuses.filter(({ state }) => state === 'disconnected')).toHaveLength(2);
});

test('a refused login is tried again slowly, and slower still', async () => {
  const clock = manualClock();
  const vcenter = await fake({
    Login: (nth) => (nth < 2 ? fault('InvalidLogin') : undefined),
    ...inTurn(oneHost),
  });
  const watched = watch({ url: vcenter.url, clock });
  expect(await watched.until('refused')).toMatchObject({
    reason: expect.stringContaining('Check user name'),
  });
  await clock.advance(14_999);
  expect(vcenter.count('Login')).toBe(1);
  await clock.advance(1);
  await waitFor(() => watched.statuses.filter(({ state }) => state === 'refused').length === 2, {
    what: 'the second refusal',
  });
  await clock.advance(29_999);
  expect(vcenter.count('Login')).toBe(2);
  await clock.advance(1);
  await watched.until('synced');
});

test('an answer that never comes ends with the time limit', async () => {
  const clock = manualClock();
  const vcenter = await fake({ Login: (nth) => (nth === 0 ? HANG : undefined), ...inTurn(oneHost) });
  const watched = watch({ url: vcenter.url, clock });
  await waitFor(() => vcenter.count('Login') === 1, { what: 'the login' });
  await clock.advance(30_000);
  await watched.untilReason(/No complete answer within 30000 ms/);
  await clock.advance(200);
  await watched.until('synced');
});

test('an answer beyond the limit is refused', async () => {
  const vcenter = await fake(
    inTurn(updates([rootSet, hostSet('enter', 'host-1', 'x'.repeat(10_000))]), oneHost),
  );
  const watched = watch({ url: vcenter.url, answerBytesMax: 5_000 });
  await watched.untilReason(/longer than 5000 bytes/);
  await watched.until('synced');
});

test('everything is read again now and then, for what vCenter forgot to report', async () => {
  const clock = manualClock();
  const maintenance = objectSet('enter', 'HostSystem', 'host-1', {
    name: val('xsd:string', 'esx-1'),
    'runtime.connectionState': val('HostSystemConnectionState', 'connected'),
    'runtime.inMaintenanceMode': val('xsd:boolean', true),
  });
  const vcenter = await fake({
    WaitForUpdatesEx(nth) {
      if (nth === 0) return oneHost;
      // Nothing new, at once, until the time for it has come.
      if (vcenter.count('CreateFilter') === 1) return updates(undefined);
      return watched.picture().hosts.get('host-1')?.maintenance === true
        ? HANG
        : updates([rootSet, maintenance]);
    },
  });
  const watched = watch({ url: vcenter.url, clock, rereadMs: 60_000, pollSeconds: 60 });
  await watched.until('synced');
  await clock.advance(60_000);
  await waitFor(() => watched.picture().hosts.get('host-1')?.maintenance === true, {
    what: 'the maintenance',
  });
  expect(watched.statuses.map(({ state }) => state)).toEqual(['connecting', 'reading', 'synced']);
  expect(vcenter.count('Login')).toBe(1);
});

test('a change of something unknown makes it read again', async () => {
  const vcenter = await fake(inTurn(oneHost, updates([hostSet('modify', 'host-9', 'esx-9')]), oneHost));
  const watched = watch({ url: vcenter.url });
  await waitFor(() => vcenter.count('CreateFilter') === 2, { what: 'the second read' });
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 4, { what: 'the poll after it' });
  expect(watched.pictures).toHaveLength(1);
});

test('only the data centre that was asked for is read', async () => {
  const dc0 = objectSet('enter', 'Datacenter', 'datacenter-2', { name: val('xsd:string', 'DC0') });
  const found = response('FindByInventoryPath', '<returnval type="Datacenter">datacenter-2</returnval>');
  const vcenter = await fake({ FindByInventoryPath: () => found, ...inTurn(updates([dc0])) });
  await watch({ url: vcenter.url, scope: { datacenter: 'DC0' } }).until('synced');
  expect(vcenter.calls.find(({ method }) => method === 'FindByInventoryPath')?.args).toBe(
    '<inventoryPath>DC0</inventoryPath>',
  );
  expect(vcenter.calls.find(({ method }) => method === 'CreateFilter')?.args).toContain(
    '<obj type="Datacenter">datacenter-2</obj>',
  );
});

test('a data centre that is not there is no empty inventory', async () => {
  const vcenter = await fake({ FindByInventoryPath: () => response('FindByInventoryPath', '') });
  const watched = watch({ url: vcenter.url, scope: { datacenter: 'DC9' } });
  await watched.untilReason(/no data centre at DC9/);
  expect(watched.pictures).toHaveLength(0);
});

test('stops in the middle of a poll: logs out, and says nothing more', async () => {
  const vcenter = await fake(inTurn(oneHost));
  const watched = watchForTest({ url: vcenter.url });
  await waitFor(() => vcenter.count('WaitForUpdatesEx') === 2, { what: 'the first poll' });
  const said = watched.statuses.length;
  await Promise.all([watched.stop(), watched.stop()]);
  expect(vcenter.calls.at(-1)?.method).toBe('Logout');
  expect(watched.statuses).toHaveLength(said);
});

test('stops while it waits for the next attempt', async () => {
  const vcenter = await fake({ Login: () => fault('InvalidLogin') });
  const watched = watchForTest({ url: vcenter.url });
  await watched.until('refused');
  await watched.stop();
  expect(vcenter.count('Login')).toBe(1);
});
