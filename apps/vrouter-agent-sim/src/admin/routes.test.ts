import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePort } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';
import { RequestRing } from './request-ring.ts';

const A = samplePort(1);
const B = samplePort(2);

let agent: LiveAgent;
beforeEach(async () => {
  agent = new LiveAgent({ requestsRemembered: 3 });
  writeFileSync(join(agent.portsDir, B.id), 'not a port');
  await agent.start();
});
afterEach(() => agent.remove());

test('unknown admin requests are answered as such', async () => {
  expect(await agent.admin('/port')).toEqual({ status: 404, body: { error: 'Unknown Request' } });
  expect(await agent.admin('/admin/state', 'POST')).toMatchObject({ status: 404 });
});

test('the state tells of ports, generations, deadlines and files set aside', async () => {
  await agent.call('POST', '/port', A);
  await agent.call('POST', '/syncports');
  const state = await agent.state();
  expect(state).toMatchObject({
    generation: 1,
    deadlines: [expect.any(Number)],
    ports: [{ id: A.id, seen: false, generation: 0, linkState: 0, port: { ...A, 'link-state': 0 } }],
    setAside: [{ name: B.id, reason: expect.stringContaining('expected JSON') }],
  });
});

test('the last requests are told in order of arrival, with how many were forgotten', async () => {
  await agent.call('POST', '/port', 'x');
  await agent.call('GET', '/nothing');
  await agent.call('POST', '/port', [A, B]);
  await agent.call('POST', '/syncports', { type: 2 });
  await agent.call('DELETE', `/port/${A.id}?type=2`);
  const { body } = await agent.admin('/admin/requests');
  expect(body).toMatchObject({
    dropped: 2,
    requests: [
      { seq: 3, method: 'POST', path: '/port', operation: 'add', portIds: [A.id, B.id], status: 200 },
      { seq: 4, path: '/syncports', operation: 'sync', portIds: [], body: '{"type":2}', status: 200 },
      {
        seq: 5,
        method: 'DELETE',
        path: `/port/${A.id}`,
        query: 'type=2',
        operation: 'delete',
        portIds: [A.id],
      },
    ],
  });
});

test('a sweep now takes what is NOT seen, and settles the deadline', async () => {
  await agent.call('POST', '/port', [A, B]);
  await agent.call('POST', '/syncports');
  await agent.call('POST', '/port', B);
  expect(await agent.admin('/admin/sweep', 'POST')).toEqual({ status: 200, body: {} });
  expect(await agent.state()).toMatchObject({ deadlines: [], ports: [{ id: B.id, seen: true }] });
});

test('health and readiness', async () => {
  expect(await agent.admin('/healthz')).toEqual({ status: 200, body: { alive: true } });
  expect(await agent.admin('/readyz')).toEqual({ status: 200, body: { ready: true, reasons: [] } });
});

test('the ring keeps the last ones, whatever its length', () => {
  const arrived = { atMs: 0, connection: 1, method: 'GET', path: '/', query: '', operation: null };
  for (const lengthMax of [1, 2, 5]) {
    const ring = new RequestRing(lengthMax);
    for (let count = 0; count <= 12; count += 1) {
      const { dropped, requests } = ring.read();
      expect(dropped).toBe(Math.max(0, count - lengthMax));
      expect(requests.map(({ seq }) => seq)).toEqual(
        Array.from({ length: Math.min(count, lengthMax) }, (_, index) => dropped + index + 1),
      );
      ring.add(arrived);
    }
  }
});
