import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { createAgentClient, type AgentClient, type AgentClientOptions } from './agent-client.ts';
import {
  always,
  answer,
  never,
  scriptedServer,
  type Script,
  type ScriptedServer,
} from './testing/scripted-server.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function serve(script: Script, port?: number): Promise<ScriptedServer> {
  const server = await scriptedServer(script, port);
  endings.push(() => server.close());
  return server;
}

function connectTo(url: string, options: Partial<AgentClientOptions> = {}): AgentClient {
  const client = createAgentClient({ url, ...options });
  endings.push(() => client.close());
  return client;
}

const arrived = (server: ScriptedServer, count: number) =>
  waitFor(() => server.requests.length >= count, { what: `${count} requests to arrive` });

test('nothing listens: certainly not applied', async () => {
  const server = await serve(never);
  await server.close();
  const outcome = await connectTo(server.url).add(samplePort(1));
  expect(outcome).toMatchObject({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

test('connecting takes too long: certainly not applied', async () => {
  const server = await serve(always(answer(200, '{}')));
  // The time limit of connecting strikes before the kernel can answer.
  const timer = {
    schedule(delayMs: number, action: () => void) {
      if (delayMs === 77) queueMicrotask(action);
      return () => undefined;
    },
  };
  const outcome = await connectTo(server.url, { connectTimeoutMs: 77, timer }).add(samplePort(1));
  expect(outcome).toMatchObject({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringMatching(/^Connecting to 127.0.0.1:\d+ took longer than 77 ms$/),
  });
  expect(server.requests).toEqual([]);
});

test('an agent that accepts and never answers: unknown, and the connection is reset', async () => {
  let script = never;
  const server = await serve((request, socket) => script(request, socket));
  const clock = manualClock();
  const client = connectTo(server.url, { timer: clock });
  const pending = client.add(samplePort(1));
  await arrived(server, 1);
  await clock.advance(4_999);
  expect(server.ends).toEqual([]);
  await clock.advance(1);
  expect(await pending).toEqual({
    kind: 'unavailable',
    sent: true,
    late: true,
    reason: 'No complete answer within 5000 ms',
  });
  await waitFor(() => server.ends.length === 1, { what: 'the connection to end' });
  expect(server.ends).toEqual(['reset']);
  script = always(answer(200, '{}'));
  expect(await client.add(samplePort(1))).toEqual({ kind: 'done' });
  expect(server.connections()).toBe(2);
  expect(clock.pendingCount()).toBe(0);
});

test('an answer that trickles in is limited as a whole', async () => {
  const server = await serve((_request, socket) => socket.write(answer(200, '{}').slice(0, -1)));
  const clock = manualClock();
  const pending = connectTo(server.url, { timer: clock }).sync();
  await arrived(server, 1);
  await clock.advance(5_000);
  expect(await pending).toMatchObject({ kind: 'unavailable', sent: true });
});

const BROKEN: readonly (readonly [string, Script])[] = [
  ['is closed without an answer', (_request, socket) => socket.end()],
  ['is reset without an answer', (_request, socket) => socket.resetAndDestroy()],
  ['ends within the status line', (_request, socket) => socket.end('HTTP/1.1 20')],
  ['ends within the headers', (_request, socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
  ['ends within the body', (_request, socket) => socket.end(answer(200, '{}').slice(0, -1))],
  [
    'ends within a chunk',
    (_request, socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}'),
  ],
  [
    'ends within a body without length',
    (_request, socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{'),
  ],
  ['carries another protocol', always('SSH-2.0-OpenSSH_9.2p1\r\n')],
  ['carries zeros', always('\0'.repeat(64))],
  ['carries two lengths', always('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ')],
  ['carries endless headers', always(`HTTP/1.1 200 OK\r\n${'X-Filler: 0123456789\r\n'.repeat(2_000)}`)],
  ['carries an endless body', always(answer(200, `{"x":"${'x'.repeat(400_000)}"}`))],
  ['switches protocols', always('HTTP/1.1 101 OK\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')],
];

test.each(BROKEN)('a connection that %s: unknown, and the request was sent once', async (_name, script) => {
  const server = await serve(script);
  const outcome = await connectTo(server.url).add(samplePort(1));
  expect(outcome).toMatchObject({ kind: 'unavailable', sent: true });
  expect(outcome).not.toHaveProperty('late');
  expect(server.requests).toHaveLength(1);
});

test('each failure says why', async () => {
  const garbage = await connectTo((await serve(always('SSH-2.0\r\n'))).url).sync();
  expect(garbage).toMatchObject({ reason: expect.stringContaining('HTTP/1.1 protocol') });
  const large = await connectTo((await serve(always(answer(200, 'x'.repeat(400_000))))).url).sync();
  expect(large).toMatchObject({ reason: expect.stringContaining('UND_ERR_RES_EXCEEDED_MAX_SIZE') });
});

test('an interim answer is not the answer', async () => {
  const server = await serve(always(`HTTP/1.1 103 OK\r\n\r\n${answer(200, '{}')}`));
  expect(await connectTo(server.url).sync()).toEqual({ kind: 'done' });
});

test('a connection that the agent closed while idle is replaced unseen', async () => {
  const server = await serve((_request, socket) => socket.write(answer(200, '{}'), () => socket.end()));
  const client = connectTo(server.url);
  expect(await client.sync()).toEqual({ kind: 'done' });
  await waitFor(() => server.ends.length === 1, { what: 'the connection to end' });
  expect(await client.sync()).toEqual({ kind: 'done' });
  expect(server.connections()).toBe(2);
});

test('a connection that the agent closes in reply: unknown, because a crash looks the same', async () => {
  const server = await serve((_request, socket) => {
    if (server.requests.length === 1) socket.write(answer(200, '{}'));
    else socket.destroy();
  });
  const client = connectTo(server.url);
  await client.sync();
  expect(await client.sync()).toMatchObject({ kind: 'unavailable', sent: true });
  expect(server.requests).toHaveLength(2);
});

test('an agent that restarts between two requests is found again', async () => {
  const before = await serve(always(answer(200, '{}')));
  const client = connectTo(before.url);
  expect(await client.sync()).toEqual({ kind: 'done' });
  await before.close();
  expect(await client.sync()).toMatchObject({ kind: 'unavailable', sent: false });
  await serve(always(answer(200, '{}')), before.port);
  expect(await client.sync()).toEqual({ kind: 'done' });
});

test('requests that wait behind a failing one are still sent', async () => {
  const server = await serve((request, socket) => {
    if (request.path.includes(samplePort(1).id)) socket.destroy();
    else socket.write(answer(200, '{}'));
  });
  const client = connectTo(server.url, { connections: 1 });
  const outcomes = await Promise.all([1, 2, 3].map((number) => client.delete(samplePort(number).id)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['unavailable', 'done', 'done']);
});

test('without a free connection a request is given up unsent, and never arrives', async () => {
  let script = never;
  const server = await serve((request, socket) => script(request, socket));
  const clock = manualClock();
  const client = connectTo(server.url, { connections: 1, timer: clock, waitTimeoutMs: 500 });
  const first = client.sync();
  await arrived(server, 1);
  const second = client.add(samplePort(1));
  await clock.advance(500);
  expect(await second).toEqual({
    kind: 'unavailable',
    sent: false,
    reason: 'No connection was free within 500 ms',
  });
  await clock.advance(4_500);
  expect(await first).toMatchObject({ kind: 'unavailable', sent: true });
  script = always(answer(200, '{}'));
  expect(await client.delete(samplePort(1).id)).toEqual({ kind: 'done' });
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  expect(server.connections()).toBe(2);
});

test('a signal calls a request off: unsent before it is written, unknown after', async () => {
  const server = await serve(never);
  const client = connectTo(server.url, { connections: 1 });
  expect(await client.sync(AbortSignal.abort())).toEqual({
    kind: 'unavailable',
    sent: false,
    reason: 'The request was called off',
  });
  expect(server.connections()).toBe(0);

  const running = new AbortController();
  const waiting = new AbortController();
  const first = client.sync(running.signal);
  await arrived(server, 1);
  const second = client.sync(waiting.signal);
  waiting.abort();
  expect(await second).toMatchObject({ kind: 'unavailable', sent: false });
  running.abort();
  expect(await first).toMatchObject({ kind: 'unavailable', sent: true, late: true });
  await waitFor(() => server.ends.length === 1, { what: 'the connection to end' });
  expect(server.requests).toHaveLength(1);
});

test('closing ends what is under way; afterwards nothing is sent', async () => {
  const server = await serve(never);
  const client = createAgentClient({ url: server.url, connections: 1 });
  const running = client.sync();
  await arrived(server, 1);
  const waiting = client.sync();
  await client.close();
  expect(await running).toMatchObject({ kind: 'unavailable', sent: true });
  expect(await waiting).toMatchObject({ kind: 'unavailable', sent: false });
  expect(await client.sync()).toMatchObject({ kind: 'unavailable', sent: false });
  expect(server.requests).toHaveLength(1);
});
