import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { A, OK, onBothServers } from '../../testing/fault-bench.ts';
import { RawClient, requestText } from '../../testing/raw-client.ts';
import { rawConnection, received } from '../../testing/raw-exchange.ts';

test('the answer stops after some bytes, and goes on after the time', () =>
  onBothServers(async (bench) => {
    await bench.agent.admin('/admin/clock', 'POST', { freeze: true });
    await bench.arm({ action: { kind: 'stall', bytes: 10, ms: 3_600_000 } });
    const socket = rawConnection(bench.agent.url);
    const first = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
    const whole = received(socket);
    socket.write(`DELETE /port/${A.id} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(await first).toBe('HTTP/1.1 2');
    await bench.agent.admin('/admin/clock', 'POST', { advanceMs: 3_600_000 });
    expect(await whole).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n\{\}$/s);
  }));

test('without a time, nothing more comes over the open connection until the rules are swapped', () =>
  onBothServers(async (bench) => {
    await bench.arm({ match: { operation: 'delete' }, action: { kind: 'stall', bytes: 10 } });
    const client = new RawClient(bench.agent.url);
    client.send(requestText('DELETE', `/port/${A.id}`));
    await waitFor(() => client.unread !== '', { what: 'the beginning' });
    await bench.agent.admin('/admin/clock', 'POST', { advanceMs: 3_600_000 });
    expect(await bench.add()).toEqual(OK); // others are served
    expect([client.unread, client.isClosed]).toEqual(['HTTP/1.1 2', false]);
    await bench.disarm();
    await waitFor(() => client.isClosed, { what: 'the end' });
    expect(client.unread).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n\{\}$/s);
  }));
