import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import {
  certificateAuthority,
  manualClock,
  samplePort,
  temporaryFolder,
  waitFor,
  type Certificate,
} from '@vrouter/testkit';
import { Agent as Dispatcher, request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';

const A = samplePort(1);
const PROFILES = ['blueprint', 'tf'] as const;

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
const OWN = { tlsCert: file('cert'), tlsKey: file('key') };
const ADMIN = { adminTlsCert: file('cert'), adminTlsKey: file('key') };

let ca: string;
let client: Certificate;
beforeAll(async () => {
  const authority = await certificateAuthority('test');
  const own = await authority.issue('agent');
  client = await authority.issue('client');
  ca = authority.cert;
  for (const [name, text] of Object.entries({ cert: own.cert, key: own.key, ca })) {
    writeFileSync(file(name), text);
  }
});
afterAll(() => folder.remove());

let agent: LiveAgent;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await agent.remove();
});

interface Asked {
  readonly body?: unknown;
  readonly certificate?: Certificate;
}

async function ask(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  { body, certificate }: Asked = {},
): Promise<unknown> {
  const dispatcher = new Dispatcher({ connect: { ca, ...certificate } });
  try {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await request(url, { method, dispatcher, ...init });
    return [response.statusCode, await response.body.json()];
  } finally {
    await dispatcher.destroy();
  }
}

function tcp(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  sockets.push(socket);
  return socket;
}

for (const profile of PROFILES) {
  test(`${profile}: both listeners speak TLS, and their URLs say so`, async () => {
    agent = await new LiveAgent({ profile, ...OWN, ...ADMIN }).start();
    expect([agent.url, agent.adminUrl]).toEqual([
      expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
    ]);
    expect(await ask('POST', `${agent.url}/port`, { body: A })).toEqual([200, {}]);
    expect(await ask('GET', `${agent.adminUrl}/admin/state`)).toMatchObject([200, { ports: [{ id: A.id }] }]);
  });

  test(`${profile}: without a certificate of the authority a client is not served, with one it is`, async () => {
    agent = await new LiveAgent({ profile, ...OWN, tlsClientCa: file('ca') }).start();
    const url = `${agent.url}/syncports`;
    await expect(ask('POST', url)).rejects.toThrow();
    expect(await ask('POST', url, { certificate: client })).toEqual([200, {}]);
    expect(agent.adminUrl).toMatch(/^http:/);
    expect((await agent.state()).generation).toBe(1);
  });

  test(`${profile}: what is no TLS is cut off, and others are served`, async () => {
    agent = await new LiveAgent({ profile, ...OWN }).start();
    const plain = tcp(agent.url);
    plain.end('POST /syncports HTTP/1.1\r\nHost: a\r\n\r\n').resume();
    await once(plain, 'close');
    expect(await ask('POST', `${agent.url}/syncports`)).toEqual([200, {}]);
    expect((await agent.state()).generation).toBe(1);
  });

  test(`${profile}: a handshake that never comes is cut off after the time of a request`, async () => {
    agent = await new LiveAgent({ profile, ...OWN, limits: { requestMsMax: 100 } }).start();
    const silent = tcp(agent.url).resume();
    await once(silent, 'close');
    expect(await ask('POST', `${agent.url}/syncports`)).toEqual([200, {}]);
  });

  test(`${profile}: a stop waits neither for handshakes nor for connections without a request`, async () => {
    const clock = manualClock(1_000_000);
    agent = await new LiveAgent({ profile, clock, ...OWN }).start();
    const port = Number(new URL(agent.url).port);
    const [silent, idle] = [tcp(agent.url), connectTls({ host: '127.0.0.1', port, ca })];
    sockets.push(idle);
    idle.on('error', () => idle.destroy());
    await Promise.all([once(silent, 'connect'), once(idle, 'secureConnect')]);
    // Both ends know of the second connection only when a request was answered on a third.
    expect(await ask('POST', `${agent.url}/syncports`)).toEqual([200, {}]);
    await agent.stop(); // would wait for the clock otherwise
    await waitFor(() => silent.destroyed, { what: 'the connection to close' });
  });

  test(`${profile}: faults end connections under TLS, too`, async () => {
    agent = await new LiveAgent({ profile, ...OWN }).start();
    for (const action of ['reset', 'close-before-headers']) {
      await agent.admin('/admin/faults', 'PUT', { rules: [{ action, count: 1 }] });
      await expect(ask('POST', `${agent.url}/syncports`), action).rejects.toThrow();
      expect((await agent.admin('/admin/faults')).body).toMatchObject({ rules: [{ fired: 1 }] });
    }
    expect(await ask('POST', `${agent.url}/syncports`)).toEqual([200, {}]);
  });
}

test('a certificate without its key ends the start, and the setting is named', async () => {
  agent = new LiveAgent({ adminTlsCert: file('cert') });
  await expect(agent.start()).rejects.toThrow('adminTlsKey is missing');
});
