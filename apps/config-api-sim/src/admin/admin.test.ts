import { manualClock, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uuidOf } from '../testing/model-driver.ts';
import { LiveServer } from '../testing/live-server.ts';
import { RequestRing } from './request-ring.ts';

let server: LiveServer;
const clock = manualClock();
beforeEach(async () => {
  server = await new LiveServer({ clock, requestsRemembered: 3 }).start();
});
afterEach(() => server.remove());

const createMachine = (name: string) =>
  server.call('POST', '/virtual-machines', { 'virtual-machine': { fq_name: [name] } });
const setFaults = (...rules: object[]) => server.admin('PUT', '/admin/faults', { rules });
const machineCount = async (): Promise<unknown> => {
  const { body } = await server.admin('GET', '/admin/counters');
  return (body as { objects: Record<string, number> }).objects['virtual-machine'];
};

test('faults that make no sense are refused and change nothing', async () => {
  await setFaults({ effect: { kind: 'drop' } });
  for (const rule of [
    { effect: { kind: 'explode' } },
    { effect: { kind: 'status', status: 99 } },
    { operation: 'steal', effect: { kind: 'drop' } },
    { probability: 2, effect: { kind: 'drop' } },
  ]) {
    expect((await setFaults(rule)).status).toBe(400);
  }
  expect((await server.admin('PUT', '/admin/faults', '{')).status).toBe(400);
  expect(await server.admin('GET', '/admin/faults')).toMatchObject({ body: { rules: [{ struck: 0 }] } });
});

test('a status before the work leaves it undone, one after it does not', async () => {
  const status = (when: string) => ({ kind: 'status', status: 503, text: 'busy', when });
  await setFaults({ operation: 'create', effect: status('before'), count: 1 });
  expect(await createMachine('vm-1')).toMatchObject({ status: 503, body: 'busy' });
  expect(await machineCount()).toBe(0);
  await setFaults({ operation: 'create', effect: status('after'), count: 1 });
  expect(await createMachine('vm-1')).toMatchObject({ status: 503, body: 'busy' });
  expect(await machineCount()).toBe(1);
  expect((await createMachine('vm-1')).status).toBe(409);
});

test('a dropped connection, before the work and after it', async () => {
  for (const [when, count] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    await setFaults({ effect: { kind: 'drop', when }, count: 1 });
    await expect(createMachine('vm-1')).rejects.toThrow('fetch failed');
    expect(await machineCount()).toBe(count);
  }
  const { body } = await server.admin('GET', '/admin/requests');
  expect(body).toMatchObject({ requests: [{ status: null, faults: ['drop'] }, { status: null }] });
  expect(await server.admin('GET', '/admin/counters')).toMatchObject({
    body: { requests: { byStatus: { dropped: 2 } } },
  });
});

test('latency holds a request back until its time has come', async () => {
  await setFaults({ operation: 'read', type: 'virtual-machine', effect: { kind: 'latency', delayMs: 5000 } });
  const waiting = server.call('GET', `/virtual-machine/${uuidOf(1)}`);
  await waitFor(() => clock.pendingCount() === 1, { what: 'the request to be held back' });
  expect((await server.call('GET', '/virtual-machines')).status).toBe(200);
  await clock.advance(5000);
  expect((await waiting).status).toBe(404);
});

test('faults strike by operation and type, after some requests, for some, or by chance', async () => {
  const refuse = { kind: 'status', status: 500 };
  await setFaults({ operation: 'list', type: 'project', skip: 1, count: 2, effect: refuse });
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) statuses.push((await server.call('GET', '/projects')).status);
  expect(statuses).toEqual([200, 500, 500, 200, 200]);
  expect((await server.call('GET', '/domains')).status).toBe(200);
  expect(await server.admin('GET', '/admin/faults')).toMatchObject({
    body: { rules: [{ matched: 5, struck: 2 }] },
  });

  const byChance = async (seed: number): Promise<string> => {
    await server.admin('PUT', '/admin/faults', { seed, rules: [{ probability: 0.5, effect: refuse }] });
    const results: number[] = [];
    for (let count = 0; count < 30; count++) results.push((await server.call('GET', '/domains')).status);
    return results.join(' ');
  };
  const [first, again, other] = [await byChance(7), await byChance(7), await byChance(8)];
  expect(first).toBe(again);
  expect(first).not.toBe(other);
  expect(new Set(first.split(' '))).toEqual(new Set(['200', '500']));
  await server.admin('DELETE', '/admin/faults');
  expect((await server.call('GET', '/domains')).status).toBe(200);
});

test('the last requests are told, with how many were forgotten, and counted', async () => {
  await server.call('GET', '/nothing?x=1');
  await server.call('GET', '/projects?count=true');
  const { body: created } = await createMachine('vm-1');
  const { uuid } = (created as { 'virtual-machine': { uuid: string } })['virtual-machine'];
  await server.call('DELETE', `/virtual-machine/${uuid}`);
  const { body } = await server.admin('GET', '/admin/requests');
  expect(body).toMatchObject({
    dropped: 1,
    requests: [
      { seq: 2, operation: 'list', type: 'project', path: '/projects', query: 'count=true', uuid: null },
      { seq: 3, operation: 'create', uuid, status: 200, body: expect.stringContaining('vm-1') },
      { seq: 4, operation: 'delete', type: 'virtual-machine', uuid, status: 200 },
    ],
  });
  expect(await server.admin('GET', '/admin/counters')).toMatchObject({
    body: {
      requests: {
        total: 4,
        byOperation: {
          unknown: 1,
          'list project': 1,
          'create virtual-machine': 1,
          'delete virtual-machine': 1,
        },
        byStatus: { '200': 3, '404': 1 },
      },
      objects: { project: 1, 'virtual-machine': 0 },
      addressesTaken: 0,
    },
  });
  await server.admin('DELETE', '/admin/requests');
  expect(await server.admin('GET', '/admin/requests')).toMatchObject({ body: { dropped: 0, requests: [] } });
});

test('a snapshot brings back everything, a reset takes everything', async () => {
  const { network } = await server.furnish();
  const before = (await server.admin('GET', '/admin/snapshot')).body;
  await server.create('instance-ip', { fq_name: ['ip'], virtual_network_refs: [{ uuid: network }] });
  await server.admin('POST', '/admin/reset');
  expect((await server.call('GET', `/virtual-network/${network}`)).status).toBe(404);
  expect((await server.admin('PUT', '/admin/snapshot', before)).status).toBe(200);
  await server.stop();
  await server.start();
  expect((await server.admin('GET', '/admin/snapshot')).body).toEqual(before);
  const ip = await server.create('instance-ip', {
    fq_name: ['ip'],
    virtual_network_refs: [{ uuid: network }],
  });
  expect(await server.read('instance-ip', ip)).toMatchObject({ instance_ip_address: '10.0.0.3' });
});

test('what is no snapshot is refused and changes nothing', async () => {
  const before = (await server.admin('GET', '/admin/snapshot')).body as { format: string; objects: object[] };
  const { format, objects } = before;
  const cases: [object, RegExp][] = [
    [{ format: 'x', objects }, /^Not a snapshot: format: /],
    [{ format, objects: [{}] }, /^Not a snapshot: objects\.0\.type: /],
    [{ format, objects: [...objects, objects[0]] }, /a uuid comes twice$/],
    [{ format, objects: [...objects, { ...objects[0], uuid: uuidOf(1) }] }, /a name comes twice$/],
    [{ format, objects: objects.slice(1) }, /which is not in it$/],
  ];
  for (const [snapshot, why] of cases) {
    expect(await server.admin('PUT', '/admin/snapshot', snapshot)).toMatchObject({
      status: 400,
      body: expect.stringMatching(why),
    });
  }
  expect((await server.admin('GET', '/admin/snapshot')).body).toEqual(before);
});

test('health and readiness', async () => {
  expect(await server.admin('GET', '/healthz')).toMatchObject({ status: 200, body: { alive: true } });
  expect(await server.admin('GET', '/readyz')).toMatchObject({
    status: 200,
    body: { ready: true, reasons: [] },
  });
});

test('the ring keeps the last ones, whatever its length, also after it was cleared', () => {
  const arrived = {
    atMs: 0,
    connection: 1,
    method: 'GET',
    path: '/',
    query: '',
    operation: null,
    type: null,
  };
  for (const lengthMax of [1, 2, 5]) {
    const ring = new RequestRing(lengthMax);
    for (const before of [0, 12]) {
      for (let count = 0; count <= 12; count++) {
        const { dropped, requests } = ring.read();
        expect(dropped).toBe(Math.max(0, count - lengthMax));
        expect(requests.map(({ seq }) => seq)).toEqual(
          Array.from({ length: Math.min(count, lengthMax) }, (_, index) => before + dropped + index + 1),
        );
        if (count < 12) ring.add(arrived);
      }
      ring.clear();
    }
  }
});
