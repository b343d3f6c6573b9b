import { manualClock, waitFor, type ManualClock } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import type { ConfigApiClient } from '../client.ts';
import { Endings, UUID } from '../testing/endings.ts';
import { answer, type RawServer, type Script } from '../testing/raw-server.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;

const endings = new Endings();
afterEach(() => endings.end());

interface Scene {
  readonly clock: ManualClock;
  readonly keystone: RawServer;
  readonly api: RawServer;
  readonly client: ConfigApiClient;
  /** The tokens that the API was shown, in order. */
  shown(): (string | undefined)[];
}

/** A Keystone that issues `token-1`, `token-2`... for an hour, and an API that takes those in `good`. */
async function scene(
  options: { version?: 2 | 3; keystone?: Script; good?: (token: string) => boolean } = {},
): Promise<Scene> {
  const { version = 3, good = () => true } = options;
  const clock = manualClock(START_MS);
  let count = 0;
  const issue: Script = (_request, socket) => {
    const id = `token-${++count}`;
    const issued_at = new Date(clock.now()).toISOString();
    const expires = new Date(clock.now() + HOUR_MS).toISOString();
    if (version === 2) socket.write(answer(200, { access: { token: { id, issued_at, expires } } }));
    else socket.write(answer(201, { token: { issued_at, expires_at: expires } }, [`X-Subject-Token: ${id}`]));
  };
  const keystone = await endings.serve(options.keystone ?? issue);
  const api = await endings.serve((request, socket) => {
    const token = request.headers['x-auth-token'] ?? '';
    socket.write(good(token) ? answer(200, { uuid: UUID }) : answer(401, 'Authentication required'));
  });
  const url = `${keystone.url}/identity/${version === 2 ? 'v2.0' : 'v3/'}`;
  const account = { user: 'admin', password: 'secret', project: 'demo' };
  const client = endings.connect(api.url, { clock, keystone: { url, ...account } });
  const shown = () => api.requests.map(({ headers }) => headers['x-auth-token']);
  return { clock, keystone, api, client, shown };
}

const RESOLVED = { kind: 'resolved', uuid: UUID };
const resolve = (client: ConfigApiClient, signal?: AbortSignal) => client.resolve('project', ['p'], signal);
const hour = (share: number): number => HOUR_MS * share;

test('version 3: one token for many requests, even when all come at once', async () => {
  const { client, keystone, shown } = await scene();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => resolve(client)));
  expect(outcomes).toEqual(Array.from({ length: 20 }, () => RESOLVED));
  expect(new Set(shown())).toEqual(new Set(['token-1']));
  expect(keystone.requests).toHaveLength(1);
  const [request] = keystone.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/identity/v3/auth/tokens' });
  const domain = { name: 'Default' };
  expect(JSON.parse(request?.body ?? '')).toEqual({
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'admin', password: 'secret', domain } } },
      scope: { project: { name: 'demo', domain } },
    },
  });
});

test('version 2', async () => {
  const { client, keystone, shown } = await scene({ version: 2 });
  expect(await resolve(client)).toEqual(RESOLVED);
  expect(shown()).toEqual(['token-1']);
  const [request] = keystone.requests;
  expect(request?.path).toBe('/identity/v2.0/tokens');
  expect(JSON.parse(request?.body ?? '')).toEqual({
    auth: { tenantName: 'demo', passwordCredentials: { username: 'admin', password: 'secret' } },
  });
});

test('a token is renewed before its end, and nobody waits for that', async () => {
  const { client, clock, keystone, shown } = await scene();
  await resolve(client);
  await clock.advance(hour(0.9) - 1);
  await resolve(client);
  expect(keystone.requests).toHaveLength(1);
  await clock.advance(1);
  await Promise.all([resolve(client), resolve(client)]);
  await waitFor(() => keystone.requests.length === 2, { what: 'the renewal' });
  await waitFor(async () => (await resolve(client)).kind === 'resolved' && shown().at(-1) === 'token-2', {
    what: 'the new token to be used',
  });
  expect(keystone.requests).toHaveLength(2);
  expect(shown().slice(0, 4)).toEqual(['token-1', 'token-1', 'token-1', 'token-1']);
});

test('a token past its end is not sent', async () => {
  const { client, clock, shown } = await scene();
  await resolve(client);
  await clock.advance(HOUR_MS);
  await resolve(client);
  expect(shown()).toEqual(['token-1', 'token-2']);
});

test('a refused token is replaced once for all, and the requests sent again', async () => {
  const refused = new Set<string>();
  const { client, keystone, shown } = await scene({ good: (token) => !refused.has(token) });
  await resolve(client);
  refused.add('token-1');
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => resolve(client)));
  expect(outcomes).toEqual(Array.from({ length: 5 }, () => RESOLVED));
  expect(keystone.requests).toHaveLength(2);
  expect(shown().filter((token) => token === 'token-2')).toHaveLength(5);
});

test('a new token that is refused as well: unauthorised, and no third attempt', async () => {
  const { client, keystone, api } = await scene({ good: () => false });
  expect(await resolve(client)).toEqual({ kind: 'unauthorised', message: '401: Authentication required' });
  expect(api.requests).toHaveLength(2);
  expect(keystone.requests).toHaveLength(2);
});

test('a server that wants a token where none is configured', async () => {
  const api = await endings.serve(
    (_request, socket) => void socket.write(answer(401, 'Authentication required')),
  );
  expect(await resolve(endings.connect(api.url))).toMatchObject({ kind: 'unauthorised' });
  expect(api.requests).toHaveLength(1);
});

test('what Keystone refuses or cannot do: nothing is sent to the API', async () => {
  const issued = { issued_at: '2026-01-01T00:00:00Z', expires_at: '2026-01-01T01:00:00Z' };
  const cases: [string, object][] = [
    [
      answer(401, {}),
      { kind: 'unauthorised', message: 'Keystone gives admin no token for project demo (401)' },
    ],
    [
      answer(503, 'busy'),
      { kind: 'unavailable', status: 503, reason: 'Keystone: The server answered 503: busy' },
    ],
    [answer(201, { token: issued }), { reason: 'Keystone: The server answered 201: without a usable token' }],
    [
      answer(201, { token: { expires_at: 'soon' } }, ['X-Subject-Token: secret-id']),
      { reason: 'Keystone: The server answered 201: without a usable token' },
    ],
  ];
  for (const [text, outcome] of cases) {
    const { client, api } = await scene({ keystone: (_request, socket) => void socket.write(text) });
    expect(await resolve(client)).toMatchObject(outcome);
    expect(api.requests).toHaveLength(0);
  }
  const dropping = await scene({ keystone: (_request, socket) => void socket.destroy() });
  expect(await resolve(dropping.client)).toMatchObject({ kind: 'unavailable', sent: false });
  const { client, keystone, api } = await scene();
  await keystone.close();
  expect(await resolve(client)).toMatchObject({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringMatching(/^Keystone: .*ECONNREFUSED/),
  });
  expect(api.requests).toHaveLength(0);
});

test('while a token is good, a Keystone that is down is asked now and then, and delays nobody', async () => {
  let isDown = false;
  const { client, clock, keystone, shown } = await scene({
    keystone: (_request, socket) => {
      const [issued_at, expires_at] = [START_MS, START_MS + HOUR_MS].map((ms) => new Date(ms).toISOString());
      const token = answer(201, { token: { issued_at, expires_at } }, ['X-Subject-Token: token-1']);
      socket.write(isDown ? answer(503) : token);
    },
  });
  await resolve(client);
  isDown = true;
  await clock.advance(hour(0.95));
  await resolve(client);
  await waitFor(() => keystone.requests.length === 2, { what: 'the renewal to be tried' });
  for (let count = 0; count < 10; count++) expect(await resolve(client)).toEqual(RESOLVED);
  expect(keystone.requests).toHaveLength(2);
  await clock.advance(5_000);
  await resolve(client);
  await waitFor(() => keystone.requests.length === 3, { what: 'the renewal to be tried again' });
  expect(new Set(shown())).toEqual(new Set(['token-1']));
});

test("Keystone's clock need not be ours", async () => {
  const skewed = { issued_at: '2031-05-05T10:00:00.000000', expires_at: '2031-05-05T10:01:00.000000' };
  const { client, clock, keystone } = await scene({
    keystone: (_request, socket) => void socket.write(answer(201, { token: skewed }, ['X-Subject-Token: t'])),
  });
  await resolve(client);
  await clock.advance(50_000);
  await resolve(client);
  expect(keystone.requests).toHaveLength(1);
  await clock.advance(10_000);
  await resolve(client);
  expect(keystone.requests).toHaveLength(2);
});

test('a time without a zone is UTC, wherever we are', async () => {
  const { TZ } = process.env;
  process.env['TZ'] = 'America/New_York';
  try {
    const token = { expires_at: '2026-01-01T00:01:00' };
    const { client, clock, keystone } = await scene({
      keystone: (_request, socket) => void socket.write(answer(201, { token }, ['X-Subject-Token: t'])),
    });
    await resolve(client);
    await clock.advance(59_999);
    await resolve(client);
    const { length } = keystone.requests;
    await clock.advance(1);
    await resolve(client);
    expect(keystone.requests.length).toBeGreaterThan(length);
  } finally {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  }
});

test('who calls off waits for no token; the others get it', async () => {
  let release = (): void => undefined;
  const { client, keystone } = await scene({
    keystone: (_request, socket) => {
      const issued = { issued_at: '2026-01-01T00:00:00Z', expires_at: '2026-01-01T01:00:00Z' };
      release = () => void socket.write(answer(201, { token: issued }, ['X-Subject-Token: t']));
    },
  });
  const called = new AbortController();
  const [off, on] = [resolve(client, called.signal), resolve(client)];
  await waitFor(() => keystone.requests.length === 1, { what: 'the request for a token' });
  called.abort();
  expect(await off).toEqual({ kind: 'unavailable', reason: 'The request was called off', sent: false });
  release();
  expect(await on).toEqual(RESOLVED);
  expect(await resolve(client, AbortSignal.abort())).toMatchObject({ sent: false });
});
