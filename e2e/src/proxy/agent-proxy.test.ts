import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentProxy, type Fate } from './agent-proxy.ts';

let agent: Server;
let proxy: AgentProxy;
let fate: Fate;
let seen: string[];
let applied: number;

beforeEach(async () => {
  [fate, seen, applied] = ['pass', [], 0];
  agent = createServer((request, reply) => {
    applied += 1;
    request.resume().once('end', () => reply.writeHead(200).end('{}'));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  agent.listen(0, '127.0.0.1', resolve);
  await promise;
  proxy = new AgentProxy({
    target: () => `http://127.0.0.1:${(agent.address() as AddressInfo).port}`,
    observer: ({ operation, portIds }) => {
      seen.push(`${operation} ${portIds.join()}`.trim());
      return (status) => seen.push(status === undefined ? 'lost' : String(status));
    },
    fate: () => fate,
  });
  await proxy.open();
});

afterEach(async () => {
  await proxy.close();
  agent.closeAllConnections();
  agent.close();
});

const send = async (method: string, path: string, body?: string): Promise<string> =>
  (await fetch(`${proxy.url}${path}`, { method, ...(body !== undefined && { body }) })).text();

test('passes on, and knows what was asked and answered', async () => {
  const port = samplePort(1);
  expect(await send('POST', '/port', JSON.stringify([port]))).toBe('{}');
  await send('DELETE', `/port/${port.id}?type=2`);
  await send('POST', '/syncports', '{"type":2}');
  await send('PUT', `/enable-port/${port.id}?type=2`);
  expect(seen).toEqual([
    `add ${port.id}`,
    '200',
    `delete ${port.id}`,
    '200',
    'sync',
    '200',
    `enable ${port.id}`,
    '200',
  ]);
});

test.for(['lose', 'cut'] as const)(
  '%s: the agent has done it, the client hears nothing it can use',
  async (given) => {
    fate = given;
    await expect(send('POST', '/syncports', '{}')).rejects.toThrow();
    expect(applied).toBe(1);
    expect(seen).toEqual(['sync', '200']);
  },
);

test('an agent that is gone is a cut connection, seen as lost', async () => {
  agent.close();
  agent.closeAllConnections();
  await expect(send('POST', '/syncports', '{}')).rejects.toThrow();
  expect(seen).toEqual(['sync', 'lost']);
});

test('closed, it refuses; open again, it has the same URL', async () => {
  const { url } = proxy;
  await proxy.close();
  await expect(send('POST', '/syncports', '{}')).rejects.toThrow();
  expect(seen).toEqual([]);
  await proxy.open();
  expect(proxy.url).toBe(url);
  expect(await send('POST', '/syncports', '{}')).toBe('{}');
});
