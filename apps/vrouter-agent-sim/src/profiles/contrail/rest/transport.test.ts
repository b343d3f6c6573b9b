import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { RawClient, realAnswer, requestText } from '../../../testing/raw-client.ts';
import { REAL_PROFILES, sampleBody } from '../../../testing/real-profiles.ts';

const { id: ID } = samplePort(1);
const OK = realAnswer(200, '{}');
const UNKNOWN = realAnswer(404, '{"error":"Unknown Request"}');

let agent: LiveAgent;
let clients: RawClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await agent.remove();
});

async function start(profile: string, settings: Record<string, unknown> = {}): Promise<RawClient> {
  agent = await new LiveAgent({ profile, ...settings }).start();
  return open();
}

function open(): RawClient {
  const client = new RawClient(agent.url);
  clients.push(client);
  return client;
}

/** After this the agent has read what was sent before on other connections. */
async function served(): Promise<void> {
  for (let round = 0; round < 3; round += 1) expect(await open().request('POST', '/syncports')).toBe(OK);
}

for (const profile of REAL_PROFILES) {
  test(`${profile}: what is no HTTP is not answered, and harms nobody else`, async () => {
    const client = await start(profile);
    client.send('\x16\x03\x01 hello\r\n\r\n');
    client.send(requestText('POST', '/syncports'));
    await served();
    expect([client.unread, client.isClosed]).toEqual(['', false]);
  });

  test(`${profile}: a request that is too large closes its connection without a word`, async () => {
    const client = await start(profile, { limits: { bodyBytesMax: 1000 } });
    client.send(requestText('POST', '/port', 'x'.repeat(1001)));
    await waitFor(() => client.isClosed, { what: 'the connection to close' });
    expect(client.unread).toBe('');
    const second = open();
    second.send(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`);
    await waitFor(() => second.isClosed, { what: 'the second connection to close' });
    expect(second.unread).toBe('');
  });

  test(`${profile}: paths count as they are, and only as a whole`, async () => {
    const client = await start(profile);
    const unknown: [string, string][] = [
      ['GET', '/'],
      ['POST', '/ports'],
      ['POST', '/port/'],
      ['POST', '//port'],
      ['POST', '/%70ort'],
      ['GET', '/port'],
      ['PUT', '/port'],
      ['OPTIONS', '*'],
      ['HEAD', `/port/${ID}`],
      ['DELETE', `/port/${ID}/`],
      ['DELETE', `/port/${ID.toUpperCase()}`],
      ['GET', `/port/${ID.toUpperCase()}`],
      ['DELETE', `/port/${ID}0`],
      ['DELETE', `/port/${ID.replaceAll('-', '')}`],
      ['POST', `/enable-port/${ID}`],
    ];
    for (const [method, path] of unknown) expect(await client.request(method, path), path).toBe(UNKNOWN);
    for (const path of ['/syncports?type=2', '/syncports?', 'http://agent/syncports'])
      expect(await client.request('POST', path), path).toBe(OK);
    expect(await client.request('DELETE', `/port/${ID}?type=2`, 'any body')).toBe(OK);
  });

  test(`${profile}: a connection outlives all that asks for its end, and every answer says 1.1 and OK`, async () => {
    const client = await start(profile);
    const heads = [
      'POST /syncports HTTP/1.1\r\nConnection: close\r\n\r\n',
      'POST /syncports HTTP/1.0\r\n\r\n',
      'POST /syncports\r\n\r\n',
      'POST /syncports HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n',
      'POST /syncports HTTP/1.1\r\nContent-Type: text/plain\r\nAccept: image/png\r\n\r\n',
    ];
    for (const head of heads) {
      client.send(head);
      expect(await client.answer(), head).toBe(OK);
    }
    client.send('GET / HTTP/1.0\r\nConnection: close\r\n\r\n');
    expect(await client.answer()).toBe(UNKNOWN);
    expect(await client.request('POST', '/port', 'x')).toMatch(/^HTTP\/1\.1 500 OK\r\n/);
    expect(client.isClosed).toBe(false);
  });

  test(`${profile}: without a length there is no body`, async () => {
    const client = await start(profile);
    client.send('POST /port HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await client.answer()).toBe(realAnswer(500, '{"error":"{ Invalid Json string ==>  }"}'));
  });

  test(`${profile}: bodies come in chunks and pieces, and nobody waits for an interim answer`, async () => {
    const client = await start(profile);
    const body = sampleBody();
    client.send('POST /port HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n');
    for (const piece of [body.slice(0, 7), body.slice(7)])
      client.send(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    client.send('0\r\n\r\n');
    expect(await client.answer()).toBe(OK);
    const text = requestText('DELETE', `/port/${ID}`);
    for (const char of text) client.send(char);
    expect(await client.answer()).toBe(OK);
    expect((await agent.state()).ports).toEqual([]);
  });

  test(`${profile}: of pipelined requests only the last is heard, and its successor is misread`, async () => {
    const client = await start(profile);
    client.send(requestText('DELETE', `/port/${ID}`) + requestText('POST', '/syncports'));
    expect(await client.answer()).toBe(OK);
    expect(await client.request('POST', '/syncports')).toBe(UNKNOWN);
    expect(await client.request('POST', '/syncports')).toBe(OK);
    const { body } = await agent.admin('/admin/requests');
    expect(body).toMatchObject({
      requests: [
        { method: 'POST', path: '/syncports', operation: 'sync', status: 200 },
        { method: 'POST', path: `/port/${ID}/syncports`, operation: null, status: 404 },
        { method: 'POST', path: '/syncports', operation: 'sync', status: 200 },
      ],
    });
  });

  test(`${profile}: a client that says no more and waits gets its answer`, async () => {
    await start(profile);
    const response = await fetch(`${agent.url}/syncports`, {
      method: 'POST',
      headers: { connection: 'close' },
    });
    expect([response.status, response.statusText, await response.text()]).toEqual([200, 'OK', '{}']);
    expect([...response.headers.keys()].toSorted()).toEqual(['content-length', 'content-type']);
  });

  test(`${profile}: requests of one connection are carried out in turn, and a slow one keeps nobody else waiting`, async () => {
    const client = await start(profile);
    client.send(`POST /port HTTP/1.1\r\nContent-Length: ${sampleBody().length}\r\n\r\n`);
    await served();
    client.send(sampleBody());
    expect(await client.answer()).toBe(OK);
    expect((await agent.state()).ports.map((port) => port.id)).toEqual([ID]);
  });
}

for (const [what, ...pieces] of [
  ['head', 'POST /po'],
  ['body', 'POST /port HTTP/1.1\r\nContent-Length: 100\r\n\r\n', '{'],
  ['chunk', 'POST /port HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n', 'ff'],
] as const) {
  test(`a ${what} that comes piece by piece must come to its end in time; its connection is cut, others are served`, async () => {
    const clock = manualClock(1_528_977_882_065);
    const slow = await start('tf', { clock, limits: { requestMsMax: 10_000 } });
    for (const piece of pieces) slow.send(piece);
    await served();
    await clock.advance(9_999);
    slow.send('x'); // does not begin the time anew
    await served();
    expect(slow.isClosed).toBe(false);
    await clock.advance(1);
    await waitFor(() => slow.isClosed, { what: 'the connection to close' });
    expect(slow.unread).toBe('');
    expect(await open().request('POST', '/syncports')).toBe(OK);
  });
}

test('no time runs for connections that are silent, between requests or after what is no HTTP', async () => {
  const clock = manualClock(1_528_977_882_065);
  const idle = await start('tf', { clock });
  const [silent, deaf] = [open(), open()];
  expect(await idle.request('POST', '/syncports')).toBe(OK);
  deaf.send('\x16\x03\x01 hello\r\n\r\n');
  await served();
  await clock.advance(24 * 3_600_000);
  expect(await idle.request('POST', '/syncports')).toBe(OK);
  expect([idle, silent, deaf].map((one) => one.isClosed)).toEqual([false, false, false]);
});

test('of too many connections the one that was silent longest gives way', async () => {
  const clock = manualClock(1_528_977_882_065);
  const first = await start('tf', { clock, limits: { connectionsMax: 2 } });
  expect(await first.request('POST', '/syncports')).toBe(OK);
  const second = open();
  expect(await second.request('POST', '/syncports')).toBe(OK);
  expect(await first.request('POST', '/syncports')).toBe(OK);
  const third = open();
  expect(await third.request('POST', '/syncports')).toBe(OK);
  await waitFor(() => second.isClosed, { what: 'the second connection to close' });
  expect([first.isClosed, third.isClosed]).toEqual([false, false]);
});

test('while requests are carried out on all connections there are, a new one is closed', async () => {
  const busy = await start('tf', { limits: { connectionsMax: 1 } });
  await agent.admin('/admin/faults', 'PUT', { rules: [{ action: 'freeze', count: 1 }] });
  busy.send(requestText('POST', '/syncports'));
  const fired = async (): Promise<unknown> => (await agent.admin('/admin/faults')).body;
  await waitFor(async () => JSON.stringify(await fired()).includes('"fired":1'), { what: 'the request' });
  const second = open();
  await waitFor(() => second.isClosed, { what: 'the second connection to close' });
  await agent.admin('/admin/faults', 'DELETE');
  expect(await busy.answer()).toBe(OK);
});

test('a stop ends silent connections', async () => {
  const client = await start('tf');
  expect(await client.request('POST', '/syncports')).toBe(OK);
  await agent.stop();
  await waitFor(() => client.isClosed, { what: 'the connection to close' });
});
