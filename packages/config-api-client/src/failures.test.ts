import { manualClock, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { createConfigApiClient } from './client.ts';
import { ELSEWHERE, HERE } from './testing/certificates.ts';
import { Endings, OTHER, UUID } from './testing/endings.ts';
import { always, answer, inTurn, never, type RawServer } from './testing/raw-server.ts';

const endings = new Endings();
afterEach(() => endings.end());

const arrived = (server: RawServer, count: number) =>
  waitFor(() => server.requests.length >= count, { what: `${count} requests to arrive` });
const machine = { fq_name: ['vm-1'] };

test('wrong arguments throw', async () => {
  const bad = (options: object) => () => createConfigApiClient({ url: 'http://h:1', ...options });
  for (const url of ['', 'h:1', 'ftp://h', 'http://h/x', 'http://h/?', 'http://u@h']) {
    expect(bad({ url })).toThrow(/^Expected the URL of a config API, got "/);
  }
  expect(bad({ responseTimeoutMs: 0 })).toThrow(/^responseTimeoutMs: expected a whole number above 0, got 0/);
  expect(bad({ url: 'https://h', tls: { authorityPem: 'x' } })).toThrow(/has no PEM certificate in it/);
  const keystone = { user: 'u', password: 'p', project: 'p' };
  for (const url of ['http://h:5000', 'http://h/v4', 'ftp://h/v3', 'http://h/v3?x']) {
    expect(bad({ keystone: { ...keystone, url } })).toThrow(/^Expected the URL of Keystone, got "/);
  }
  const client = endings.connect('http://127.0.0.1:1');
  await expect(client.read('project', '../x')).rejects.toThrow('Expected a uuid, got "../x"');
  await expect(client.delete('project', UUID.toUpperCase())).rejects.toThrow('Expected a uuid');
});

test('nothing listens: certainly not applied', async () => {
  const server = await endings.serve(never);
  await server.close();
  expect(await endings.connect(server.url).create('virtual-machine', machine)).toMatchObject({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

test('a server that accepts and never answers: unknown, after the time limit', async () => {
  let script = never;
  const server = await endings.serve((request, socket) => script(request, socket));
  const clock = manualClock();
  const client = endings.connect(server.url, { clock, connections: 1 });
  const pending = client.create('virtual-machine', machine);
  await arrived(server, 1);
  await clock.advance(30_000);
  expect(await pending).toEqual({
    kind: 'unavailable',
    sent: true,
    late: true,
    reason: 'No complete answer within 30000 ms',
  });
  // Its connection went with it: another request must not get the late answer.
  script = always(answer(200, { uuid: UUID }));
  expect(await client.resolve('project', ['a'])).toEqual({ kind: 'resolved', uuid: UUID });
  expect(server.requests.map(({ connection }) => connection)).toEqual([0, 1]);
});

test('an answer that never ends is cut by the time limit', async () => {
  const server = await endings.serve(always('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"uuid":'));
  const clock = manualClock();
  const pending = endings.connect(server.url, { clock }).resolve('project', ['a']);
  await arrived(server, 1);
  await clock.advance(30_000);
  expect(await pending).toMatchObject({ kind: 'unavailable', late: true });
});

test('an answer that is too long, cut off, or no HTTP', async () => {
  const cases: [string, RegExp][] = [
    [answer(200, `{"uuid":"${'x'.repeat(2000)}"}`), /exceeded/],
    [
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(2000)}\r\n0\r\n\r\n`,
      /exceeded/,
    ],
    ['nonsense\r\n\r\n', /does not match the HTTP/],
  ];
  for (const [text, reason] of cases) {
    const server = await endings.serve(always(text));
    const client = endings.connect(server.url, { responseBytesMax: 1000 });
    expect(await client.resolve('project', ['a'])).toMatchObject({
      kind: 'unavailable',
      sent: true,
      reason: expect.stringMatching(reason),
    });
  }
  const cut = await endings.serve(
    (_request, socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'),
  );
  expect(await endings.connect(cut.url).resolve('project', ['a'])).toMatchObject({
    kind: 'unavailable',
    sent: true,
  });
});

test('a connection that is dropped instead of an answer: unknown, and the next request gets a new one', async () => {
  let isDropping = true;
  const server = await endings.serve((_request, socket) => {
    if (isDropping) socket.destroy();
    else socket.write(answer(200, { uuid: UUID }));
  });
  const client = endings.connect(server.url);
  expect(await client.resolve('project', ['a'])).toMatchObject({ kind: 'unavailable', sent: true });
  isDropping = false;
  expect(await client.resolve('project', ['a'])).toEqual({ kind: 'resolved', uuid: UUID });
  expect(server.requests).toHaveLength(2);
});

test('more requests than connections wait; those that wait too long, or are too many, were never sent', async () => {
  const server = await endings.serve(never);
  const clock = manualClock();
  const client = endings.connect(server.url, {
    clock,
    connections: 2,
    requestsMax: 3,
    waitTimeoutMs: 10,
    responseTimeoutMs: 1000,
  });
  const pending = ['a', 'b', 'c'].map((name) => client.resolve('project', [name]));
  expect(await client.resolve('project', ['d'])).toEqual({
    kind: 'unavailable',
    sent: false,
    reason: 'More than 3 requests are waiting for this server',
  });
  await arrived(server, 2);
  await clock.advance(10);
  expect(await pending[2]).toEqual({
    kind: 'unavailable',
    sent: false,
    reason: 'No connection was free within 10 ms',
  });
  await clock.advance(1000);
  expect(await Promise.all(pending.slice(0, 2))).toMatchObject([{ late: true }, { late: true }]);
  expect(server.requests).toHaveLength(2);
});

test('requests that have ended count no more', async () => {
  const server = await endings.serve(always(answer(200, { uuid: UUID })));
  const client = endings.connect(server.url, { requestsMax: 1 });
  for (const name of ['a', 'b', 'c']) {
    expect(await client.resolve('project', [name])).toEqual({ kind: 'resolved', uuid: UUID });
  }
});

test('requests that are called off, and those under way when the client closes', async () => {
  const server = await endings.serve(never);
  const client = endings.connect(server.url);
  const called = new AbortController();
  const pending = [client.resolve('project', ['a'], called.signal), client.resolve('project', ['b'])];
  await arrived(server, 2);
  called.abort();
  const off = { kind: 'unavailable', reason: 'The request was called off' };
  expect(await pending[0]).toMatchObject({ ...off, sent: true });
  expect(await client.delete('project', UUID, called.signal)).toMatchObject({ ...off, sent: false });
  await client.close();
  expect(await pending[1]).toMatchObject({ kind: 'unavailable', sent: true });
  expect(await client.resolve('project', ['c'])).toMatchObject({ kind: 'unavailable', sent: false });
});

test('answers that are no answer to the question', async () => {
  const cases: [string, RegExp][] = [
    [answer(200, 'hello'), /^The server answered 200: hello$/],
    [answer(200, {}), /^The server answered 200: \{\}$/],
    [answer(302, '', ['Location: http://elsewhere.test/']), /^The server answered 302: nothing$/],
    [answer(409, `Delete when children still present: ['http://h/project/${UUID}']`), /makes no sense here/],
  ];
  for (const [text, reason] of cases) {
    const server = await endings.serve(always(text));
    const client = endings.connect(server.url);
    const expected = { kind: 'unavailable', sent: true, reason: expect.stringMatching(reason) };
    expect(await client.resolve('project', ['a'])).toMatchObject(expected);
    expect(await client.create('virtual-machine', machine)).toMatchObject(expected);
    expect(await client.read('project', UUID)).toMatchObject(expected);
    expect(await client.list('project')).toMatchObject(expected);
  }
});

test('an object in an unknown shape is named', async () => {
  const server = await endings.serve(always(answer(200, { project: { uuid: UUID, fq_name: 'x' } })));
  expect(await endings.connect(server.url).read('project', UUID)).toMatchObject({
    kind: 'unavailable',
    reason: `The server shows project ${UUID} in an unknown shape: fq_name: Invalid input: expected array, received string`,
  });
});

test('a delete is one request; nothing is read before', async () => {
  const server = await endings.serve(inTurn(answer(200), answer(404, `ID ${UUID} does not exist`)));
  const client = endings.connect(server.url);
  expect(await client.delete('instance-ip', UUID)).toEqual({ kind: 'done' });
  expect(await client.delete('instance-ip', UUID)).toMatchObject({ kind: 'not-found' });
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `DELETE /instance-ip/${UUID}`,
    `DELETE /instance-ip/${UUID}`,
  ]);
});

test('certificates: the authority that is given, the name that is given, or nobody is trusted', async () => {
  const here = await endings.serve(always(answer(200, { uuid: OTHER })), HERE);
  const elsewhere = await endings.serve(always(answer(200, { uuid: OTHER })), ELSEWHERE);
  const resolve = (url: string, tls: object = {}) => endings.connect(url, { tls }).resolve('project', ['a']);
  const good = { kind: 'resolved', uuid: OTHER };
  expect(await resolve(here.url, { authorityPem: HERE.cert })).toEqual(good);
  expect(await resolve(here.url, { authorityPem: HERE.cert, serverName: 'config-api.test' })).toEqual(good);
  expect(
    await resolve(elsewhere.url, { authorityPem: ELSEWHERE.cert, serverName: 'elsewhere.test' }),
  ).toEqual(good);
  expect(await resolve(elsewhere.url, { insecure: true })).toEqual(good);
  const bad = (reason: RegExp) => ({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringMatching(reason),
  });
  expect(await resolve(here.url)).toMatchObject(bad(/self.signed/));
  expect(await resolve(here.url, { authorityPem: ELSEWHERE.cert })).toMatchObject(bad(/self.signed|verify/));
  expect(await resolve(elsewhere.url, { authorityPem: ELSEWHERE.cert })).toMatchObject(bad(/altnames/));
});
