import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { manualClock, waitFor } from '@vrouter/testkit';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { listen, listenOn } from './listen.ts';

const ADDRESS = { host: '127.0.0.1', port: 0 };
const clock = manualClock();

test('an address that is taken is refused and named, whatever kind of server wants it', async () => {
  const first = await listen(fastify(), ADDRESS, { clock, stopMsMax: 1000 });
  const taken = { host: '127.0.0.1', port: Number(new URL(first.url).port) };
  const message = `Cannot listen on 127.0.0.1:${taken.port}: `;
  await expect(listen(fastify(), taken, { clock, stopMsMax: 1000 })).rejects.toThrow(message);
  await expect(listenOn(createServer(), taken)).rejects.toThrow(message);
  await first.stop();
});

test('a stop answers the request in progress and says that the connection ends', async () => {
  const app = fastify();
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    app.get('/', async () => {
      resolve();
      await new Promise<void>((done) => (answer = done));
      return 'done';
    });
  });
  const { url, stop } = await listen(app, ADDRESS, { clock, stopMsMax: 1000 });
  const response = fetch(url);
  await asked;
  const stopped = stop();
  answer();
  expect((await response).headers.get('connection')).toBe('close');
  await stopped;
  await expect(fetch(url)).rejects.toThrow();
});

test('a connection that never ends is cut when its time is over', async () => {
  const app = fastify();
  app.get('/', () => new Promise(() => undefined));
  const { url, stop } = await listen(app, ADDRESS, { clock, stopMsMax: 1000 });
  const arrived = once(app.server, 'request');
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await arrived;
  let isStopped = false;
  const stopped = stop().then(() => (isStopped = true));
  await waitFor(() => clock.advance(1000).then(() => isStopped), { what: 'the server to stop' });
  await stopped;
  await waitFor(() => socket.destroyed, { what: 'the connection to be cut' });
});
