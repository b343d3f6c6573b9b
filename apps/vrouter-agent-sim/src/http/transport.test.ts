import { once } from 'node:events';
import { samplePort, seededRandom } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';
import { rawConnection, rawExchange, received } from '../testing/raw-exchange.ts';

const A = samplePort(1);
const JSON_A = JSON.stringify(A);
const head = (method: string, path: string, ...headers: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: agent', ...headers, '', ''].join('\r\n');

let agent: LiveAgent;
afterEach(() => agent.remove());

async function start(limits: Record<string, number> = {}): Promise<LiveAgent> {
  agent = await new LiveAgent({ limits }).start();
  return agent;
}

test('garbage instead of HTTP is answered and cut off, and others are served', async () => {
  const { url } = await start();
  const answer = await rawExchange(url, '\x16\x03\x01 not http\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toContain('\r\n\r\n{"error":"The request is not HTTP/1.1"}');
  expect(await agent.call('POST', '/port', A)).toMatchObject({ status: 200 });
});

test.each([
  ['POST', '/port', JSON_A],
  ['DELETE', `/port/${A.id}`, ''],
  ['POST', '/syncports', ''],
])('a client that says no more after %s %s gets its answer', async (method, path, body) => {
  const { url } = await start();
  const socket = rawConnection(url);
  const answer = received(socket);
  socket.end(head(method, path, `Content-Length: ${body.length}`) + body);
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('random bytes of any kind leave the agent serving', async () => {
  const { url } = await start();
  const random = seededRandom(20261122);
  const beginnings = [
    '',
    'POST /port HTTP/1.1\r\nHost: a\r\n',
    head('POST', '/port', 'Transfer-Encoding: chunked'),
  ];
  for (let round = 0; round < 100; round += 1) {
    const bytes = Buffer.from(Array.from({ length: random.int(1, 300) }, () => random.int(0, 255)));
    const socket = rawConnection(url);
    socket.end(Buffer.concat([Buffer.from(random.pick(beginnings)), bytes]));
    socket.resume();
    await once(socket, 'close');
  }
  expect(await agent.call('GET', `/port/${A.id}`)).toMatchObject({ status: 404 });
});

test('a body cut off by the client changes nothing', async () => {
  const { url } = await start();
  const socket = rawConnection(url);
  socket.write(head('POST', '/port', `Content-Length: ${JSON_A.length}`) + JSON_A.slice(0, -5));
  socket.end();
  socket.resume();
  await once(socket, 'close');
  expect((await agent.state()).ports).toEqual([]);
});

test('a request that arrives too slowly is answered 408 and cut off, while others are served', async () => {
  const { url } = await start({ requestMsMax: 200 });
  const slowHead = rawExchange(url, 'POST /port HT');
  const slowBody = rawExchange(url, head('POST', '/port', 'Content-Length: 1000'), '{"id"');
  const silent = rawExchange(url);
  expect(await agent.call('POST', '/port', A)).toMatchObject({ status: 200 });
  const expected = /^HTTP\/1\.1 408 [\s\S]*\{"error":"The request took too long to arrive"\}$/;
  expect(await slowHead).toMatch(expected);
  expect(await slowBody).toMatch(expected);
  expect(await silent).toMatch(expected);
});

test('headers over the limit are answered 431', async () => {
  const { url } = await start();
  const answer = await rawExchange(url, head('GET', '/', `X: ${'x'.repeat(20_000)}`));
  expect(answer).toMatch(/^HTTP\/1\.1 431 [\s\S]*\{"error":"The headers are too large"\}$/);
});

test('bodies in chunks, and byte by byte, are taken as one', async () => {
  const { url } = await start();
  const chunked = JSON_A.split('')
    .map((char) => `1\r\n${char}\r\n`)
    .join('');
  const headers = ['Transfer-Encoding: chunked', 'Connection: close'];
  const answer = await rawExchange(url, head('POST', '/port', ...headers), chunked, '0\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{\}/);

  const socket = rawConnection(url);
  socket.setNoDelay(true);
  for (const char of head('DELETE', `/port/${A.id}`, 'Connection: close')) socket.write(char);
  expect(await received(socket)).toMatch(/^HTTP\/1\.1 200 /);
  expect((await agent.state()).ports).toEqual([]);
});

test('a body over the limit is answered and passed over, so that a client still sending sees the answer', async () => {
  const { url } = await start({ bodyBytesMax: 100 });
  const big = 'x'.repeat(1_000_000);
  const post = head('POST', '/port', `Content-Length: ${big.length}`) + big;
  const answer = await rawExchange(url, post, head('GET', '/', 'Connection: close'));
  expect(answer.match(/(?<=HTTP\/1\.1 )\d+/g)).toEqual(['413', '404']);
});

test('requests without a host, of HTTP/1.0, with strange expectations or upgrades are served like any other', async () => {
  const { url } = await start();
  const body = `Content-Length: ${JSON_A.length}\r\n\r\n${JSON_A}`;
  const heads = [
    'POST /port HTTP/1.1\r\nConnection: close\r\n',
    'POST /port HTTP/1.0\r\n',
    'POST /port HTTP/1.1\r\nExpect: miracles\r\nConnection: close\r\n',
    'POST /port HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: close\r\n',
  ];
  for (const one of heads) expect(await rawExchange(url, one + body), one).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('pipelined requests are carried out and answered in order', async () => {
  const { url } = await start();
  const post = head('POST', '/port', `Content-Length: ${JSON_A.length}`) + JSON_A;
  const enable = head('PUT', `/enable-port/${A.id}`);
  const last = head('PUT', `/enable-port/${A.id}`, 'Connection: close');
  const answer = await rawExchange(
    url,
    post + enable + head('DELETE', `/port/${A.id}`) + enable + post + last,
  );
  expect(answer.match(/(?<=HTTP\/1\.1 )\d+/g)).toEqual(['200', '200', '200', '404', '200', '200']);
  expect(await agent.call('GET', `/port/${A.id}`)).toMatchObject({ body: { 'link-state': 1 } });
});

test('garbage after a request that is being carried out gets no answer that could be taken for that one', async () => {
  const { url } = await start();
  const post = head('POST', '/port', `Content-Length: ${JSON_A.length}`) + JSON_A;
  const answer = await rawExchange(url, `${post}\x16\x03garbage\r\n\r\n`);
  expect(answer).not.toContain('400');
});

test('connections over the limit are closed, and those before them go on', async () => {
  const { url } = await start({ connectionsMax: 2 });
  const [first, second] = [rawConnection(url), rawConnection(url)];
  await Promise.all([once(first, 'connect'), once(second, 'connect')]);
  expect(await rawExchange(url, head('GET', '/'))).toBe('');
  first.end(head('GET', '/', 'Connection: close'));
  expect(await received(first)).toMatch(/^HTTP\/1\.1 404 /);
  second.destroy();
});

test('an idle connection is closed after the keep-alive time', async () => {
  const { url } = await start({ keepAliveMs: 50 });
  expect(await rawExchange(url, head('GET', '/'))).toMatch(/^HTTP\/1\.1 404 /);
});
