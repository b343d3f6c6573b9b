import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateAuthority } from './certificates.ts';

test('both sides trust what their authority issued, and nothing else', async () => {
  const [authority, stranger] = await Promise.all([
    certificateAuthority('test'),
    certificateAuthority('stranger'),
  ]);
  const options = { ...(await authority.issue('server')), ca: authority.cert, requestCert: true };
  const server = createServer({ ...options, rejectUnauthorized: true });
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const to = { host: '127.0.0.1', port };

    const accepted = once(server, 'secureConnection') as Promise<[TLSSocket]>;
    const client = connect({ ...to, ...(await authority.issue('client')), ca: authority.cert });
    const [socket] = await accepted;
    expect(socket.getPeerCertificate().subject.CN).toBe('client');
    client.destroy();

    const wary = connect({ ...to, ca: stranger.cert });
    const [error] = (await once(wary, 'error')) as [NodeJS.ErrnoException];
    expect(error.message).toMatch(/certificate/);
  } finally {
    server.close();
  }
});
