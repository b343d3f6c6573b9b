import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { systemClock } from '@vrouter/service-kit';
import { samplePort, waitFor } from '@vrouter/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';
import { RawConnection } from './contrail/raw-connection.ts';
import { Limits } from './limits.ts';

// The machine may be busy.
vi.setConfig({ testTimeout: 90_000 });

const MIB = 1024 * 1024;
/** More than the system keeps for a connection. */
const ANSWERS = 64;
const WAIT_MS_MAX = 60_000;
const limits = Limits.parse({ answerMsMax: 100 });

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A client that reads nothing. */
function deafClient(url: string, requests: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  closing.push(async () => socket.destroy());
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(requests);
  return socket;
}

test('a client that does not take its answers is cut, and its place is free again', async () => {
  const agent = new LiveAgent({ limits: { answerMsMax: 100, connectionsMax: 1 } });
  closing.push(() => agent.remove());
  await agent.start();
  const ports = Array.from({ length: 1000 }, (_, number) => samplePort(number + 1));
  // On a busy machine it may itself take so long that it is cut.
  await waitFor(() => agent.call('POST', '/port', ports).catch(() => false), { what: 'the ports' });
  await waitFor(() => agent.admin('/admin/state').catch(() => false), { what: 'the admin API' });
  deafClient(agent.adminUrl, 'GET /admin/state HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(ANSWERS));
  const state = await waitFor(
    () =>
      agent.state().then(
        ({ ports: all }) => all.length,
        () => undefined,
      ), // refused while the place is taken
    { what: 'the place to be free', timeoutMs: WAIT_MS_MAX },
  );
  expect(state).toBe(ports.length);
});

test('a server of the real agent does the same; while a request is carried out no time runs', async () => {
  let finish: () => void = () => undefined;
  const began = Promise.withResolvers<Socket>();
  const server = createServer((socket) => {
    const answer = { status: 200, body: 'x'.repeat(ANSWERS * MIB) };
    const answerer = async () => {
      began.resolve(socket);
      await new Promise<void>((resolve) => (finish = resolve));
      return answer;
    };
    void new RawConnection(socket, answerer, { limits, clock: systemClock });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  deafClient(url, 'POST /syncports HTTP/1.1\r\nHost: a\r\n\r\n');
  const socket = await began.promise;
  await once(socket, 'timeout');
  expect(socket.destroyed).toBe(false);
  finish();
  await waitFor(() => socket.destroyed, { what: 'the connection to be cut', timeoutMs: WAIT_MS_MAX });
});

test('an answer that is held back for longer is not cut off', async () => {
  const agent = await new LiveAgent({ limits: { answerMsMax: 50 } }).start();
  closing.push(() => agent.remove());
  await agent.admin('/admin/faults', 'PUT', {
    rules: [{ action: { kind: 'slow-disk', ms: 300 }, count: 1 }],
  });
  expect(await agent.call('POST', '/port', samplePort(1))).toMatchObject({ status: 200 });
});
