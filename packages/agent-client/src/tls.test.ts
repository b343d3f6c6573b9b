import { createServer, type AddressInfo } from 'node:net';
import {
  certificateAuthority,
  manualClock,
  samplePort,
  waitFor,
  type Certificate,
  type CertificateAuthority,
} from '@vrouter/testkit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createAgentClient, type AgentClient } from './agent-client.ts';
import { always, answer, never, scriptedServer, type ScriptedServer } from './testing/scripted-server.ts';
import type { Timer } from './timer.ts';
import type { TlsOptions } from './tls.ts';

let authority: CertificateAuthority;
let own: Certificate;
let client: Certificate;
beforeAll(async () => {
  authority = await certificateAuthority('test');
  own = await authority.issue('agent');
  client = await authority.issue('client');
});

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function serve(
  script = always(answer(200, '{}')),
  { wantsCertificate = false } = {},
): Promise<ScriptedServer> {
  const wanted = wantsCertificate ? { ca: authority.cert, requestCert: true } : {};
  const server = await scriptedServer(script, 0, { ...own, ...wanted });
  endings.push(() => server.close());
  return server;
}

function connectTo(url: string, tls?: TlsOptions, timer?: Timer): AgentClient {
  const made = createAgentClient({ url, ...(tls && { tls }), ...(timer && { timer }) });
  endings.push(() => made.close());
  return made;
}

test('a certificate of an authority that nobody trusts: certainly not applied, and the probe says so, too', async () => {
  const agent = connectTo((await serve()).url);
  expect(await agent.add(samplePort(1))).toMatchObject({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringMatching(/^No TLS connection to 127\.0\.0\.1:\d+: .*certificate/),
  });
  expect(await agent.probe()).toBe(false);
});

test('a certificate for another name is refused, and the names are told', async () => {
  const agent = connectTo((await serve()).url, { authorityPem: authority.cert, serverName: 'other.example' });
  expect(await agent.sync()).toMatchObject({
    sent: false,
    reason: expect.stringContaining('other.example'),
  });
});

test('a server that speaks no TLS: certainly not applied', async () => {
  const server = createServer((socket) =>
    socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.2p1\r\n'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(async () => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await connectTo(`https://127.0.0.1:${port}`).sync()).toMatchObject({
    kind: 'unavailable',
    sent: false,
    reason: expect.stringMatching(/No TLS connection .*: (wrong version number|packet length too long)/),
  });
});

test.each<[string, () => TlsOptions]>([
  ['trusting its authority', () => ({ authorityPem: authority.cert })],
  [
    'trusting its authority, under another name',
    () => ({ authorityPem: authority.cert, serverName: 'localhost' }),
  ],
  ['trusting anybody', () => ({ insecure: true })],
])('%s, requests are answered over one connection', async (_name, tls) => {
  const server = await serve();
  const agent = connectTo(server.url, tls());
  expect(await agent.probe()).toBe(true);
  expect(await agent.add(samplePort(1))).toEqual({ kind: 'done' });
  expect(await agent.sync()).toEqual({ kind: 'done' });
  expect(server.requests.map(({ path }) => path)).toEqual(['/port', '/syncports']);
  expect(server.connections()).toBe(2);
});

test('an agent that asks for a certificate serves only who has one', async () => {
  const { url } = await serve(undefined, { wantsCertificate: true });
  const trust = { authorityPem: authority.cert };
  expect(await connectTo(url, trust).sync()).toMatchObject({ kind: 'unavailable' });
  const known = { ...trust, certificatePem: client.cert, keyPem: client.key };
  expect(await connectTo(url, known).sync()).toEqual({ kind: 'done' });
});

test('a request that is given up is dropped by a reset of the connection below', async () => {
  const server = await serve(never);
  const clock = manualClock();
  const pending = connectTo(server.url, { authorityPem: authority.cert }, clock).add(samplePort(1));
  await waitFor(() => server.requests.length === 1, { what: 'the request to arrive' });
  await clock.advance(5_000);
  expect(await pending).toMatchObject({ kind: 'unavailable', sent: true, late: true });
  await waitFor(() => server.ends.length === 1, { what: 'the connection to end' });
  expect(server.ends).toEqual(['reset']);
});

test('a handshake that does not end is limited like connecting', async () => {
  const server = await scriptedServer(never);
  endings.push(() => server.close());
  const clock = manualClock();
  const agent = connectTo(`https://127.0.0.1:${server.port}`, {}, clock);
  const pending = agent.sync();
  await waitFor(() => server.connections() === 1, { what: 'the connection to be accepted' });
  await clock.advance(1_000);
  expect(await pending).toMatchObject({
    sent: false,
    reason: expect.stringContaining('longer than 1000 ms'),
  });
});

test.each<[string, () => TlsOptions]>([
  ['an authority that is no PEM', () => ({ authorityPem: 'x' })],
  ['a certificate without its key', () => ({ certificatePem: own.cert })],
  ['a key without its certificate', () => ({ keyPem: own.key })],
  ['a certificate that is none', () => ({ certificatePem: 'x', keyPem: own.key })],
  ['a key that is none', () => ({ certificatePem: own.cert, keyPem: 'x' })],
  ['the key of another', () => ({ certificatePem: own.cert, keyPem: client.key })],
])('%s is refused at once', (_name, tls) => {
  expect(() => createAgentClient({ url: 'https://h:1', tls: tls() })).toThrow(
    expect.objectContaining({ code: 'BAD_TLS' }),
  );
});
