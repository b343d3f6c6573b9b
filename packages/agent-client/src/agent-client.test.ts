import { samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgentClient, type AgentClient } from './agent-client.ts';
import { always, answer, scriptedServer, type ScriptedServer } from './testing/scripted-server.ts';

const ID = samplePort(1).id;
let server: ScriptedServer;
let client: AgentClient;

beforeEach(async () => {
  server = await scriptedServer((request, socket) => {
    const body = request.method === 'GET' ? JSON.stringify({ id: ID }) : '{}';
    socket.write(answer(200, body));
  });
  client = createAgentClient({ url: server.url });
});

afterEach(async () => {
  await client.close();
  await server.close();
});

const JSON_TYPE = 'application/json';
const OPERATIONS: readonly (readonly [string, (client: AgentClient) => Promise<unknown>, object])[] = [
  [
    'add',
    (agent) => agent.add(samplePort(1)),
    {
      method: 'POST',
      path: '/port',
      body: JSON.stringify(samplePort(1)),
      headers: { 'content-type': JSON_TYPE },
    },
  ],
  [
    'addAll',
    (agent) => agent.addAll([samplePort(1), samplePort(2)]),
    { method: 'POST', path: '/port', body: JSON.stringify([samplePort(1), samplePort(2)]) },
  ],
  [
    'sync',
    (agent) => agent.sync(),
    { method: 'POST', path: '/syncports', body: '{"type":2}', headers: { 'content-type': JSON_TYPE } },
  ],
  ['delete', (agent) => agent.delete(ID), { method: 'DELETE', path: `/port/${ID}?type=2`, body: '' }],
  ['enable', (agent) => agent.enable(ID), { method: 'PUT', path: `/enable-port/${ID}?type=2`, body: '' }],
  ['disable', (agent) => agent.disable(ID), { method: 'PUT', path: `/disable-port/${ID}?type=2`, body: '' }],
  ['get', (agent) => agent.get(ID.toUpperCase()), { method: 'GET', path: `/port/${ID}?type=2`, body: '' }],
];

test.each(OPERATIONS)('%s is one request and says who asks', async (name, run, request) => {
  const outcome = await run(client);
  expect(outcome).toEqual(name === 'get' ? { kind: 'found', port: { id: ID } } : { kind: 'done' });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject(request);
});

test('a request without body names no content type: strict servers would miss the body', async () => {
  await client.delete(ID);
  await client.enable(ID);
  for (const { headers } of server.requests) expect(headers['content-type']).toBeUndefined();
});

test('connections are kept and used again', async () => {
  for (let count = 0; count < 20; count++) await client.add(samplePort(count));
  // The pool may open a second one before the first is marked free.
  expect(server.connections()).toBeLessThanOrEqual(2);
});

test('many requests at once share a few connections', async () => {
  const ports = Array.from({ length: 300 }, (_value, index) => samplePort(index));
  const outcomes = await Promise.all(ports.map((port) => client.add(port)));
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
  expect(server.connections()).toBe(8);
  const ids = server.requests.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  expect(ids.sort()).toEqual(ports.map(({ id }) => id).sort());
});

test('a connection carries no request before the answer to the last one is complete', async () => {
  const answering = new Set<number>();
  const pipelined: number[] = [];
  const body = JSON.stringify({ id: ID });
  const slow = await scriptedServer(({ connection }, socket) => {
    if (answering.has(connection)) pipelined.push(connection);
    answering.add(connection);
    const text = answer(200, body);
    socket.write(text.slice(0, -body.length));
    setTimeout(() => {
      answering.delete(connection);
      socket.write(body);
    }, 5);
  });
  const agent = createAgentClient({ url: slow.url });
  try {
    // HTTP clients would sooner pipeline reads than changes.
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => agent.get(ID)));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['found']));
    expect(pipelined).toEqual([]);
  } finally {
    await agent.close();
    await slow.close();
  }
});

test('more requests than a caller could mean are refused here', async () => {
  const outcomes = await Promise.all(Array.from({ length: 1_005 }, () => client.sync()));
  const refused = outcomes.filter((outcome) => outcome.kind === 'unavailable');
  expect(refused).toHaveLength(5);
  expect(refused[0]).toMatchObject({ sent: false, reason: expect.stringContaining('More than 1000') });
  expect(await client.sync()).toEqual({ kind: 'done' });
});

test('closing twice is fine', async () => {
  await client.close();
  await expect(client.close()).resolves.toBeUndefined();
});

test('redirects are not followed', async () => {
  const elsewhere = await scriptedServer(always(answer(200, '{}')));
  const moved = await scriptedServer(always(answer(307, '{}', [`Location: ${elsewhere.url}/port`])));
  const agent = createAgentClient({ url: moved.url });
  try {
    expect(await agent.add(samplePort(1))).toMatchObject({ kind: 'unavailable', status: 307 });
    expect(elsewhere.connections()).toBe(0);
  } finally {
    await Promise.all([agent.close(), elsewhere.close(), moved.close()]);
  }
});

test('wrong arguments throw before anything is sent', async () => {
  await expect(client.addAll([])).rejects.toMatchObject({ code: 'BAD_PORT_COUNT' });
  const tooMany = Array.from({ length: 65 }, (_value, index) => samplePort(index));
  await expect(client.addAll(tooMany)).rejects.toMatchObject({ code: 'BAD_PORT_COUNT' });
  await expect(client.delete('../syncports')).rejects.toMatchObject({ code: 'BAD_PORT_ID' });
  await expect(client.get('')).rejects.toMatchObject({ code: 'BAD_PORT_ID' });
  expect(server.connections()).toBe(0);
});

test.each([
  '',
  'agent-1',
  'ftp://host:1',
  'https://host/path',
  'http://host/path',
  'http://u:p@host',
  'http://host?x',
  'http://host:99999',
])('the URL "%s" is refused', (url) => {
  expect(() => createAgentClient({ url })).toThrow(expect.objectContaining({ code: 'BAD_URL' }));
});

test('limits must be above zero', () => {
  for (const limit of ['connectTimeoutMs', 'responseTimeoutMs', 'waitTimeoutMs', 'connections']) {
    for (const value of [0, -1, Number.NaN]) {
      expect(() => createAgentClient({ url: server.url, [limit]: value })).toThrow(limit);
    }
  }
});
