import { join } from 'node:path';
import { manualClock, samplePort, temporaryFolder, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PluginError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import type { AgentWorker } from './agent-worker.ts';
import { DEAD, httpAgent, type HttpAgent } from './testing/http-agent.ts';
import { liveWorker, wantedPorts, type LiveParts } from './testing/live-worker.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let agent: HttpAgent;
const workers: AgentWorker[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  ledger = openSqliteLedger(join(folder.path, 'ledger.db'));
  agent = await httpAgent();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await agent.close();
  ledger.close();
  folder.remove();
});

function start(parts: Partial<LiveParts> = {}): AgentWorker {
  const worker = liveWorker({ url: agent.url, ledger, ...parts });
  workers.push(worker);
  return worker;
}

function steady(worker: AgentWorker): Promise<unknown> {
  return waitFor(() => worker.report().phase === 'steady', { what: 'the worker to be steady' });
}

/** The real ledger with `save` replaced. */
function withSave(save: Ledger['save']): Ledger {
  return { load: ledger.load, agents: ledger.agents, close: ledger.close, save };
}

const FULL = new PluginError('LEDGER_WRITE_FAILED', 'disk full');

test('a ledger that cannot save the desired ports is fatal, and nothing is sent', async () => {
  const fatal: unknown[] = [];
  const worker = start({
    ledger: withSave(() => {
      throw FULL;
    }),
    onFatal: (error) => fatal.push(error),
  });
  worker.desire(wantedPorts(1, 3), false);
  worker.desire(wantedPorts(1, 4), false);
  worker.resync();
  await worker.stop();
  expect(fatal).toEqual([FULL]);
  expect(agent.requests).toEqual([]);
});

test('what is confirmed is the port as it is wanted, not the one before, nor one that is about to leave', async () => {
  const worker = start();
  const port = samplePort(1);
  const other = samplePort(1, { 'ip-address': '10.9.9.9' });
  const wanted = new Map([[port.id, { port, enabled: true }]]);
  worker.desire(wanted, false);
  await steady(worker);
  expect(worker.isConfirmed({ port, enabled: true })).toBe(true);
  expect(worker.isConfirmed({ port: other, enabled: true })).toBe(false);
  worker.desire(wanted, false, new Set([port.id]));
  expect(worker.isConfirmed({ port, enabled: true })).toBe(true);
  worker.desire(new Map([[port.id, { port: other, enabled: true }]]), false, new Set([port.id]));
  expect(worker.port(port.id)?.operation).toBeNull();
  expect(worker.isConfirmed({ port: other, enabled: true })).toBe(false);
});

test('a ledger that cannot keep a note is fatal, and nothing more is sent', async () => {
  const fatal: unknown[] = [];
  let saves = 0;
  const worker = start({
    ledger: withSave((name, entries) => {
      if (++saves > 1) throw FULL;
      ledger.save(name, entries);
    }),
    onFatal: (error) => fatal.push(error),
  });
  worker.desire(wantedPorts(1, 3), false);
  await waitFor(() => fatal.length > 0, { what: 'the fatal error' });
  const sent = agent.requests.length;
  worker.desire(wantedPorts(1, 50), false);
  worker.resync();
  await worker.stop();
  expect(fatal).toEqual([FULL]);
  expect(agent.requests).toHaveLength(sent);
});

test('notes that cannot be written at the stop are fatal, and the stop ends all the same', async () => {
  const fatal: unknown[] = [];
  let full = false;
  const worker = start({
    clock: manualClock(1_000_000),
    ledger: withSave((name, entries) => {
      if (full) throw FULL;
      ledger.save(name, entries);
    }),
    onFatal: (error) => fatal.push(error),
  });
  worker.desire(wantedPorts(1, 3), false);
  await steady(worker);
  full = true;
  await worker.stop();
  expect(fatal).toEqual([FULL]);
});

test('a damaged ledger is refused before anything is sent', () => {
  const damaged: Ledger = {
    ...withSave(() => undefined),
    load() {
      throw new PluginError('LEDGER_UNUSABLE', 'damaged');
    },
  };
  expect(() => liveWorker({ url: agent.url, ledger: damaged })).toThrowError('damaged');
});

test('what is wanted is on disk before the agent hears of it', async () => {
  const onDisk: unknown[] = [];
  agent.behaviour = ({ path, body }) => {
    if (path === '/port') onDisk.push([body, ledger.load('agent-1')[0]?.desired?.port]);
    return { status: 200, body: {} };
  };
  const worker = start();
  worker.desire(wantedPorts(1, 1), false);
  await steady(worker);
  expect(onDisk).toEqual([[samplePort(1), samplePort(1)]]);
});

test('a crash between saving and sending: the next life knows what may be there, and deletes it', async () => {
  const crash = new Error('crash');
  const first = start({
    ledger: withSave((name, entries) => {
      ledger.save(name, entries);
      throw crash;
    }),
    onFatal: () => undefined,
  });
  first.desire(wantedPorts(1, 2), false);
  expect(agent.requests).toEqual([]);
  const second = start();
  second.desire(wantedPorts(1, 1), false);
  await steady(second);
  expect(agent.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    [
      'POST /syncports',
      `DELETE /port/${samplePort(2).id}`,
      'POST /port',
      `PUT /enable-port/${samplePort(1).id}`,
    ].sort(),
  );
  expect(agent.requests[0]?.path).toBe('/syncports');
});

test('a crash while a request is under way: the next life deletes what it may have left', async () => {
  const abandoned = start();
  agent.behaviour = (request) => (request.path === '/port' ? DEAD(request) : { status: 200, body: {} });
  abandoned.desire(wantedPorts(1, 1), false);
  await waitFor(() => agent.requests.some(({ path }) => path === '/port'), { what: 'the add to arrive' });
  agent.behaviour = () => ({ status: 200, body: {} });
  const second = start();
  second.desire(new Map(), false);
  await steady(second);
  expect(agent.requests.at(-1)).toMatchObject({ method: 'DELETE', path: `/port/${samplePort(1).id}` });
  expect(ledger.load('agent-1')).toHaveLength(1);
  await second.stop();
  expect(ledger.load('agent-1')).toEqual([]);
});

test('notes are written together, not one by one', async () => {
  const saves: number[] = [];
  const worker = start({
    clock: manualClock(1_000_000),
    ledger: withSave((name, entries) => {
      saves.push(entries.length);
      ledger.save(name, entries);
    }),
  });
  worker.desire(wantedPorts(1, 40), false);
  await steady(worker);
  await worker.stop();
  expect(saves).toEqual([40, 40]);
  expect(ledger.load('agent-1').every(({ held }) => held !== undefined)).toBe(true);
});

test('requests travel as the contract says', async () => {
  const worker = start();
  worker.desire(wantedPorts(1, 2), false);
  await steady(worker);
  worker.desire(new Map([[samplePort(1).id, { port: samplePort(1), enabled: false }]]), false);
  await waitFor(() => agent.requests.length === 6, { what: 'delete and disable to arrive' });
  expect(agent.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/syncports', { type: 2 }],
    ['POST', '/port', [samplePort(1), samplePort(2)]],
    ['PUT', `/enable-port/${samplePort(1).id}`, undefined],
    ['PUT', `/enable-port/${samplePort(2).id}`, undefined],
    ['DELETE', `/port/${samplePort(2).id}`, undefined],
    ['PUT', `/disable-port/${samplePort(1).id}`, undefined],
  ]);
});

test('a worker that is stopped while the agent keeps it waiting leaves nothing behind', async () => {
  const clock = manualClock(1_000_000);
  agent.behaviour = DEAD;
  const worker = start({ clock });
  worker.desire(wantedPorts(1, 3), false);
  await waitFor(() => agent.requests.length === 1, { what: 'the sync to arrive' });
  await worker.stop();
  expect(clock.pendingCount()).toBe(0);
  await waitFor(async () => (await agent.connections()) === 0, { what: 'the connections to be closed' });
  worker.desire(wantedPorts(1, 9), false);
  worker.resync();
  expect(agent.requests).toHaveLength(1);
  expect(clock.pendingCount()).toBe(0);
});

test('an agent that comes up after the worker is found by its probes', async () => {
  const { url } = agent;
  await agent.close();
  const worker = start({ url });
  worker.desire(wantedPorts(1, 1), false);
  await waitFor(() => worker.report().reachable === false, { what: 'the agent to be missed' });
  agent = await httpAgent(undefined, Number(new URL(url).port));
  await steady(worker);
  expect(agent.requests[0]?.path).toBe('/syncports');
});
