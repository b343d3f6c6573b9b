import { join } from 'node:path';
import { createLogger } from '@vrouter/service-kit';
import { temporaryFolder, waitFor } from '@vrouter/testkit';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bindStandalone } from '../binding/standalone.ts';
import { inventoryOf, PORT_ID, vmWith } from '../binding/testing/inventory.ts';
import type { InventoryState } from '../inventory/model.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { Pipeline } from '../pipeline.ts';
import type { Fleet } from '../sync/fleet.ts';
import { httpAgent, type HttpAgent } from '../sync/testing/http-agent.ts';
import { liveFleet } from '../sync/testing/live-worker.ts';
import { introspectServer } from './server.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let agents: HttpAgent[];
let fleet: Fleet;
let server: FastifyInstance;
/** What the inventory source says. */
let announce: (state: InventoryState) => void;
/** Agents whose places are not known any more, once `placesChanged` was called. */
let gone: Set<string>;
let placesChanged: () => void;

beforeEach(async () => {
  folder = temporaryFolder();
  ledger = openSqliteLedger(join(folder.path, 'ledger.db'));
  agents = [await httpAgent(), await httpAgent()];
  gone = new Set();
  const places = agents.map(({ url }, index) => ({
    name: `agent-${index + 1}`,
    url,
    host: `esx-${index + 1}`,
    off: false,
  }));
  fleet = liveFleet(ledger);
  fleet.place(places);
  const source = {
    description: 'file test.yaml',
    start: (listener: (state: InventoryState) => void) => void (announce = listener),
    stop: () => Promise.resolve(),
  };
  const pipeline = new Pipeline({
    source,
    places: {
      of: () => ({ agents: places.filter(({ name }) => !gone.has(name)), problems: [] }),
      start: (onChange) => void (placesChanged = onChange),
      stop: () => Promise.resolve(),
    },
    bind: (inventory, placements) => bindStandalone(inventory, placements, 'power'),
    fleet,
    log: createLogger('test', 'silent'),
  });
  pipeline.start();
  server = introspectServer(pipeline, fleet);
});
afterEach(async () => {
  await server.close();
  await fleet.stop();
  await Promise.all(agents.map((agent) => agent.close()));
  ledger.close();
  folder.remove();
});

async function get(url: string): Promise<{ status: number; body: unknown }> {
  const { statusCode, body } = await server.inject(url);
  return { status: statusCode, body: JSON.parse(body) };
}

async function post(url: string, payload = ''): Promise<{ status: number; body: unknown }> {
  const headers = payload === '' ? {} : { 'content-type': 'application/json' };
  const { statusCode, body } = await server.inject({ method: 'POST', url, headers, payload });
  return { status: statusCode, body: JSON.parse(body) };
}

function complete(inventory = inventoryOf(vmWith([{}]))): void {
  announce({ complete: true, inventory });
}

function allSynced(): Promise<unknown> {
  return waitFor(async () => (await get('/readyz')).status === 200, { what: 'the plugin to be ready' });
}

test.each(['/', '/introspect', '/introspect/nothing', '/introspect/agents/agent-1'])(
  '%s is not there',
  async (url) => {
    expect((await server.inject(url)).statusCode).toBe(404);
  },
);

test('what only changes something by POST does nothing by GET', async () => {
  expect((await server.inject('/introspect/agents/agent-1/resync')).statusCode).toBe(404);
});

test('a body that is too large is refused', async () => {
  expect(await post('/introspect/agents/agent-1/resync', 'x'.repeat(65 * 1024))).toMatchObject({
    status: 413,
  });
});

test('resync of an agent that is not there names those that are', async () => {
  expect(await post('/introspect/agents/agent-9/resync')).toEqual({
    status: 404,
    body: { error: 'there is no agent agent-9; known: agent-1, agent-2' },
  });
});

test('alive is not ready: before the inventory was read, everything that is missing is told', async () => {
  expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await get('/readyz')).toEqual({
    status: 503,
    body: {
      ready: false,
      reasons: ['inventory: not read yet', 'agent agent-1: not synced yet', 'agent agent-2: not synced yet'],
      warnings: [],
    },
  });
});

test('an inventory that cannot be read is told with its reason, and makes the plugin unready', async () => {
  complete();
  await allSynced();
  announce({ complete: false, reason: 'file gone' });
  expect(await get('/readyz')).toMatchObject({ status: 503, body: { reasons: ['inventory: file gone'] } });
  expect(await get('/introspect/inventory')).toMatchObject({
    body: { complete: false, reason: 'file gone', counts: { vms: 1 } },
  });
});

test('an agent that is down is a warning: the rest works', async () => {
  await agents[1]?.close();
  complete();
  await allSynced();
  expect(await get('/readyz')).toMatchObject({
    status: 200,
    body: {
      ready: true,
      reasons: [],
      warnings: [expect.stringMatching(/^agent agent-2: unreachable: .*ECONN/)],
    },
  });
  const { body } = await get('/introspect/agents');
  expect(body).toMatchObject({ agents: [{ reachable: true }, { reachable: false, phase: 'syncing' }] });
});

test('a parked agent, and one that refuses ports, are warnings', async () => {
  const first = agents[0];
  if (first === undefined) throw new Error('there is no agent');
  first.behaviour = ({ path }) =>
    path === '/port' ? { status: 400, body: { error: 'Invalid port' } } : { status: 200, body: {} };
  const hosts = [
    { name: 'esx-1', maintenance: false, connected: true },
    { name: 'esx-2', maintenance: true, connected: true },
  ];
  complete({ ...inventoryOf(vmWith([{}])), hosts });
  await waitFor(
    async () => {
      expect((await get('/readyz')).body).toMatchObject({ warnings: { length: 2 } });
      return true;
    },
    { what: 'both warnings' },
  );
  expect(await get('/readyz')).toEqual({
    status: 200,
    body: {
      ready: true,
      reasons: [],
      warnings: [
        'agent agent-1: refuses 1 ports',
        'agent agent-2: parked, its host is in maintenance, disconnected or gone, or its VM is off',
      ],
    },
  });
});

function vanish(name: string): void {
  gone.add(name);
  placesChanged();
}

test('an agent that is gone is shown with what it may hold, and its host as one without an agent', async () => {
  complete();
  await allSynced();
  vanish('agent-1');
  await waitFor(async () => (await get('/introspect/retries')).status === 200, { what: 'an answer' });
  expect(await get('/introspect/agents')).toMatchObject({
    body: { agents: [{ name: 'agent-1', phase: 'gone', ports: { desired: 1 } }, { name: 'agent-2' }] },
  });
  expect(await get('/readyz')).toMatchObject({
    status: 200,
    body: {
      reasons: [],
      warnings: [
        'esx-1: no agent serves this host; 1 ports are on no agent',
        'agent agent-1: gone; 1 ports that it may hold are remembered',
      ],
    },
  });
  expect(await post('/introspect/agents/agent-1/resync')).toEqual({
    status: 409,
    body: { error: 'agent agent-1 is not there; a sync comes first when it is' },
  });
  expect(await post('/introspect/agents/agent-1/release-brake')).toMatchObject({ body: { released: 0 } });
});

test('only an agent that is gone is forgotten, and then it is', async () => {
  complete();
  await allSynced();
  expect(await post('/introspect/agents/agent-1/forget')).toEqual({
    status: 409,
    body: { error: 'agent agent-1 is not gone' },
  });
  vanish('agent-1');
  const forgotten = await waitFor(
    async () => {
      const answer = await post('/introspect/agents/agent-1/forget');
      return answer.status === 202 && answer;
    },
    { what: 'the worker to be gone' },
  );
  expect(forgotten.body).toEqual({ forgotten: 1 });
  expect(ledger.load('agent-1')).toEqual([]);
  expect((await post('/introspect/agents/agent-1/forget')).status).toBe(404);
});

test('agents are shown with what they have', async () => {
  complete();
  await waitFor(() => fleet.member('agent-1')?.report().phase === 'steady', { what: 'agent-1' });
  const { body } = await get('/introspect/agents');
  expect(body).toMatchObject({
    agents: [
      {
        name: 'agent-1',
        url: agents[0]?.url,
        host: 'esx-1',
        phase: 'steady',
        reachable: true,
        ports: { desired: 1, confirmed: 1, pending: 0 },
        syncs: 1,
      },
      { name: 'agent-2', ports: { desired: 0, confirmed: 0, pending: 0 } },
    ],
  });
});

test('ports and retries say which agent they are of', async () => {
  await agents[0]?.close();
  complete();
  await waitFor(() => fleet.member('agent-1')?.report().reachable === false, { what: 'the failure' });
  expect(await get('/introspect/ports')).toMatchObject({
    body: {
      ports: [{ agent: 'agent-1', id: PORT_ID, state: 'pending', desired: { enabled: true }, held: null }],
    },
  });
  expect(await get('/introspect/retries')).toMatchObject({
    body: {
      retries: [
        { agent: 'agent-1', portId: null, operation: 'sync', lastError: expect.stringContaining('ECONN') },
        { agent: 'agent-1', portId: PORT_ID, operation: 'add' },
      ],
    },
  });
});

test('the inventory is shown with what in it gets no port', async () => {
  complete(inventoryOf(vmWith([{}, { mac: '' }], { host: 'esx-9' })));
  expect((await get('/introspect/inventory')).body).toEqual({
    source: 'file test.yaml',
    complete: true,
    reason: null,
    counts: { hosts: 2, networks: 1, vms: 1, adapters: 2 },
    problems: [
      { kind: 'no-mac', subject: 'web-1 / 4001', text: 'has no MAC yet' },
      {
        kind: 'host-without-agent',
        subject: 'esx-9',
        text: 'no agent serves this host; 1 ports are on no agent',
      },
    ],
  });
});

test.each(['', '{"anything":', 'x'])(
  'resync is accepted whatever its body (%j), and happens',
  async (payload) => {
    complete();
    await allSynced();
    const syncs = () => agents[0]?.requests.filter(({ path }) => path === '/syncports').length;
    expect(syncs()).toBe(1);
    expect(await post('/introspect/agents/agent-1/resync', payload)).toEqual({ status: 202, body: {} });
    await waitFor(() => syncs() === 2, { what: 'the second sync' });
  },
);

test('releasing a brake that does not hold releases nothing', async () => {
  complete();
  await allSynced();
  expect(await post('/introspect/agents/agent-1/release-brake')).toEqual({
    status: 202,
    body: { released: 0 },
  });
});

test('a brake that holds makes the plugin unready, says how to release it, and is released', async () => {
  const vms = Array.from({ length: 30 }, (_none, number) =>
    vmWith([{ mac: `00:50:56:00:00:${(number + 1).toString(16).padStart(2, '0')}` }], {
      id: `502789bb-240a-841f-e24c-0000000000${(number + 10).toString()}`,
    }),
  );
  complete(inventoryOf(...vms));
  await allSynced();
  complete(inventoryOf());
  expect(await get('/readyz')).toMatchObject({
    status: 503,
    body: {
      reasons: [
        expect.stringMatching(
          /^agent agent-1: brake: 30 ports would go at once; .* POST \/introspect\/agents\/agent-1\/release-brake$/,
        ),
      ],
    },
  });
  expect(await post('/introspect/agents/agent-1/release-brake')).toMatchObject({ body: { released: 30 } });
  const deletes = () => agents[0]?.requests.filter(({ method }) => method === 'DELETE').length;
  await waitFor(() => deletes() === 30, { what: 'the ports to go' });
  await allSynced();
});

async function scrape(): Promise<Map<string, number>> {
  const { body, headers } = await server.inject('/metrics');
  expect(headers['content-type']).toContain('text/plain');
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

test('metrics say in numbers what readiness and introspection say', async () => {
  const before = await scrape();
  expect(before.get('vcenter_plugin_ready')).toBe(0);
  expect(before.get('vcenter_plugin_inventory_complete')).toBe(0);
  expect(before.get('vcenter_plugin_agents{phase="gated"}')).toBe(2);
  expect([...before.keys()].some((name) => name.startsWith('vcenter_plugin_config_api'))).toBe(false);

  await agents[1]?.close();
  complete();
  await allSynced();
  await waitFor(
    async () => (await scrape()).get('vcenter_plugin_agent_ports{agent="agent-1",state="confirmed"}') === 1,
    { what: 'the port to be confirmed' },
  );
  const after = await scrape();
  expect(after.get('vcenter_plugin_ready')).toBe(1);
  expect(after.get('vcenter_plugin_warnings')).toBe(1);
  expect(after.get('vcenter_plugin_inventory_objects{kind="vms"}')).toBe(1);
  expect(after.get('vcenter_plugin_agent_reachable{agent="agent-1"}')).toBe(1);
  expect(after.get('vcenter_plugin_agent_reachable{agent="agent-2"}')).toBe(0);
  expect(after.get('vcenter_plugin_agent_syncs{agent="agent-1"}')).toBe(1);
  expect(after.get('vcenter_plugin_agent_brake_ports{agent="agent-1"}')).toBe(0);
  expect(after.has('vcenter_plugin_agents{phase="gated"}')).toBe(false);
});
