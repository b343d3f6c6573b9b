import { once } from 'node:events';
import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';
import { rawConnection, received } from '../testing/raw-exchange.ts';

const A = samplePort(1);
const JSON_A = JSON.stringify(A);
const postHead = `POST /port HTTP/1.1\r\nHost: a\r\nContent-Length: ${JSON_A.length}\r\n\r\n`;

let agent: LiveAgent | undefined;
afterEach(() => agent?.remove());

test('stopping waits for a request in progress, answers it, and closes its connection', async () => {
  agent = await new LiveAgent().start();
  const { url } = agent;
  const socket = rawConnection(url);
  socket.write(postHead + JSON_A.slice(0, 10));
  await waitFor(async () => (await requestCount()) === 1, { what: 'the head to arrive' });
  const answer = received(socket);
  const stopped = agent.stop();
  await waitFor(() => isRefused(url), { what: 'the listener to close' });
  socket.write(JSON_A.slice(10));
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*connection: close/i);
  await stopped;
  await agent.start();
  expect(agent.portFiles().has(A.id)).toBe(true);
});

test('connections without a request do not delay a stop', async () => {
  const clock = manualClock(1_000_000);
  agent = await new LiveAgent({ clock }).start();
  const socket = rawConnection(agent.url);
  await once(socket, 'connect');
  await agent.call('GET', '/'); // leaves a kept-alive connection behind
  await agent.stop(); // would wait for the clock otherwise
  socket.destroy();
});

test('a request that never ends is cut when its time is over', async () => {
  const clock = manualClock(1_000_000);
  agent = await new LiveAgent({ clock, limits: { stopMsMax: 3000 } }).start();
  const { url } = agent;
  const socket = rawConnection(url);
  socket.write(postHead);
  await waitFor(async () => (await requestCount()) === 1, { what: 'the head to arrive' });
  const cut = received(socket);
  let isStopped = false;
  const stopped = agent.stop().then(() => (isStopped = true));
  await waitFor(() => isRefused(url), { what: 'the listener to close' });
  // The listener may be closed a moment before the time begins to run.
  await waitFor(() => clock.advance(3000).then(() => isStopped), { what: 'the agent to stop' });
  await stopped;
  expect(await cut).toBe('');
});

async function requestCount(): Promise<number> {
  const { body } = await agent!.admin('/admin/requests');
  return (body as { requests: unknown[] }).requests.length;
}

async function isRefused(url: string): Promise<boolean> {
  const socket = rawConnection(url);
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return !isOpen;
}
