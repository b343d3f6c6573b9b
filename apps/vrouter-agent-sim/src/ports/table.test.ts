import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { NOT_SAVED, STALE_TIMEOUT_MS, TableDriver } from '../testing/table-driver.ts';
import { isSeen } from './model.ts';

const A = samplePort(1);
const B = samplePort(2);
const add = (...ports: (typeof A)[]) => ({ kind: 'add', ports }) as const;
const sync = { kind: 'sync' } as const;

test('a change that cannot be saved changes nothing, and the next one may succeed', () => {
  const driver = new TableDriver();
  driver.isHolding = true;
  const failed = driver.send(add(A));
  driver.finish('failed');
  expect(driver.replies.get(failed)).toEqual(NOT_SAVED);
  expect(driver.state.table.ports.size).toBe(0);

  const saved = driver.send(add(A));
  driver.finish('saved');
  expect(driver.replies.get(saved)).toEqual({ ok: true });
  expect(driver.port(A.id)?.port).toEqual(A);
});

test('after a change that could not be saved, what changes nothing is confirmed only once the disk is right again', () => {
  const driver = new TableDriver();
  driver.send(add(A));
  driver.isHolding = true;
  driver.send({ kind: 'delete', id: A.id });
  driver.finish('failed');
  const again = driver.send(add(A));
  expect(driver.replies.has(again)).toBe(false);
  driver.finish('failed');
  expect(driver.replies.get(again)).toEqual(NOT_SAVED);
  const confirmed = driver.send(add(A));
  driver.finish('saved');
  const atOnce = driver.send(add(A));
  expect([confirmed, atOnce].map((request) => driver.replies.get(request))).toEqual([
    { ok: true },
    { ok: true },
  ]);
});

test('nothing is visible and nobody gets an answer before the batch is saved', () => {
  const driver = new TableDriver();
  driver.isHolding = true;
  const request = driver.send(add(A));
  expect(driver.port(A.id)).toBeUndefined();
  expect(driver.replies.has(request)).toBe(false);
});

test('all commands of a batch that fails are refused', () => {
  const driver = new TableDriver({ batchCommandsMax: 10 });
  driver.isHolding = true;
  const first = driver.send(add(A));
  const others = [driver.send(add(B)), driver.send({ kind: 'enable', id: B.id }), driver.send(sync)];
  driver.finish('saved');
  expect(driver.batches).toHaveLength(2);
  driver.finish('failed');
  expect(driver.replies.get(first)).toEqual({ ok: true });
  expect(others.map((request) => driver.replies.get(request))).toEqual([NOT_SAVED, NOT_SAVED, NOT_SAVED]);
  expect([...driver.state.table.ports.keys()]).toEqual([A.id]);
  expect(driver.state.table.generation).toBe(0);
});

test('a command sees those before it in its batch', () => {
  const driver = new TableDriver({ batchCommandsMax: 10 });
  driver.isHolding = true;
  driver.send(add(A));
  const enable = driver.send({ kind: 'enable', id: B.id });
  driver.send(add(B));
  const again = driver.send({ kind: 'enable', id: B.id });
  while (driver.finish('saved'));
  expect(driver.replies.get(enable)).toMatchObject({ code: 'PORT_NOT_FOUND' });
  expect(driver.replies.get(again)).toEqual({ ok: true });
  expect(driver.store.ports.get(B.id)?.linkState).toBe(1);
});

test('more commands than the queue holds are refused at once', () => {
  const driver = new TableDriver({ queueLengthMax: 2 });
  driver.isHolding = true;
  const requests = [A, B, samplePort(3), samplePort(4)].map((port) => driver.send(add(port)));
  expect(requests.map((request) => driver.replies.get(request)?.ok)).toEqual([
    undefined, // in flight
    undefined,
    undefined,
    false,
  ]);
  while (driver.finish('saved'));
  expect(driver.state.table.ports.size).toBe(3);
});

test('more syncs than deadlines may be pending are refused', () => {
  const driver = new TableDriver({ deadlinesMax: 2 });
  expect([driver.do(sync).ok, driver.do(sync).ok]).toEqual([true, true]);
  expect(driver.do(sync)).toMatchObject({ code: 'OVERLOADED' });
  driver.advance(STALE_TIMEOUT_MS);
  expect(driver.do(sync).ok).toBe(true);
});

test('an answer for a batch that is not in flight is a defect, not a change', () => {
  const driver = new TableDriver();
  expect(() => driver.input({ kind: 'persisted', batch: 7 })).toThrow('batch 7 ended');
});

test('enable and disable are for known ports of type 2', () => {
  const driver = new TableDriver();
  const namespace = samplePort(3, { type: 1 });
  driver.do(add(A, namespace));
  expect(driver.do({ kind: 'enable', id: B.id })).toMatchObject({ code: 'PORT_NOT_FOUND', detail: B.id });
  expect(driver.do({ kind: 'disable', id: namespace.id })).toMatchObject({ code: 'INCORRECT_PORT_TYPE' });
  expect(driver.do({ kind: 'enable', id: A.id })).toEqual({ ok: true });
  expect(driver.port(A.id)?.linkState).toBe(1);
});

test('enable of an enabled port, and an add of nothing new, write nothing', () => {
  const driver = new TableDriver();
  driver.do(add(A));
  driver.do({ kind: 'enable', id: A.id });
  const before = driver.batches.length;
  expect(driver.do({ kind: 'enable', id: A.id })).toEqual({ ok: true });
  expect(driver.do(add(A))).toEqual({ ok: true });
  expect(driver.do(add())).toEqual({ ok: true });
  expect(driver.batches).toHaveLength(before);
});

test('ports of type 2 start disabled unless the add says otherwise, others are enabled', () => {
  const driver = new TableDriver();
  const up = samplePort(2, { 'link-state': 1 });
  const nova = samplePort(3, { type: 0, 'link-state': 0 });
  driver.do(add(A, up, nova));
  expect([A, up, nova].map((port) => driver.port(port.id)?.linkState)).toEqual([0, 1, 1]);
});

test('a repeated add changes the data but not the link state, unless it says so', () => {
  const driver = new TableDriver();
  driver.do(add(A));
  driver.do({ kind: 'enable', id: A.id });
  driver.do(add(samplePort(1, { 'tx-vlan-id': 7 })));
  expect(driver.port(A.id)).toMatchObject({ port: { 'tx-vlan-id': 7 }, linkState: 1 });
  expect(driver.store.ports.get(A.id)).toMatchObject({ port: { 'tx-vlan-id': 7 }, linkState: 1 });
  driver.do(add(samplePort(1, { 'link-state': 0 })));
  expect(driver.port(A.id)?.linkState).toBe(0);
});

test('the last of two adds of a port in one array counts', () => {
  const driver = new TableDriver();
  driver.do(add(samplePort(1, { 'tx-vlan-id': 7 }), samplePort(1, { 'tx-vlan-id': 8 })));
  expect(driver.port(A.id)?.port['tx-vlan-id']).toBe(8);
  expect(driver.batches.at(-1)).toHaveLength(1);
});

test('delete of an unknown port succeeds, and takes a file that nobody told us of', () => {
  const driver = new TableDriver();
  expect(driver.do({ kind: 'delete', id: A.id })).toEqual({ ok: true });
  expect(driver.batches).toEqual([[{ kind: 'remove', id: A.id }]]);
});

test('at its deadline a sync sweeps what was not added since, but never namespaces', () => {
  const driver = new TableDriver();
  const namespace = samplePort(3, { type: 1 });
  const stale = [4, 5, 6].map((number) => samplePort(number, { type: number === 6 ? 0 : 2 }));
  driver.do(add(A, namespace, ...stale));
  driver.do(sync);
  const seen = (id: string) => isSeen(driver.state.table, driver.port(id)!);
  expect([A, namespace].map((port) => seen(port.id))).toEqual([false, true]);
  driver.do(add(A));
  expect(seen(A.id)).toBe(true);

  driver.advance(STALE_TIMEOUT_MS - 1);
  expect(driver.state.table.ports.size).toBe(5);
  driver.advance(1);
  expect([...driver.state.table.ports.keys()]).toEqual([A.id, namespace.id]);
  expect(driver.sweptCounts).toEqual([3]);
  expect(driver.state.table.deadlines).toEqual([]);
  expect([...driver.store.ports.keys()]).toEqual([A.id, namespace.id]);
});

test('of two overlapping syncs each has its own deadline', () => {
  const driver = new TableDriver();
  driver.do(add(A, B));
  driver.do(sync);
  driver.advance(30_000);
  driver.do(add(A));
  driver.do(sync);
  driver.advance(30_000);
  expect([...driver.state.table.ports.keys()]).toEqual([A.id]); // B was not seen since the first sync
  driver.advance(30_000);
  expect(driver.state.table.ports.size).toBe(0); // nor A since the second
});

test('with a timeout of zero the sweep follows the answer', () => {
  const driver = new TableDriver({ staleTimeoutMs: 0 });
  driver.do(add(A));
  expect(driver.do(sync)).toEqual({ ok: true });
  expect(driver.port(A.id)).toBeDefined();
  expect(driver.wakeAtMs).toBe(driver.nowMs);
  driver.advance(0);
  expect(driver.port(A.id)).toBeUndefined();
});

test('requests get their turn between the slices of a sweep, and an add among them saves its port', () => {
  const driver = new TableDriver({ sweepSliceMax: 1 });
  driver.do(add(A, B));
  driver.do(sync);
  driver.isHolding = true;
  driver.advance(STALE_TIMEOUT_MS); // the first slice is in flight
  const request = driver.send(add(B));
  driver.finish('saved');
  driver.finish('saved');
  expect(driver.replies.get(request)).toEqual({ ok: true });
  while (driver.finish('saved'));
  expect([...driver.state.table.ports.keys()]).toEqual([B.id]);
});

test('a sweep that cannot be saved removes nothing and is tried again', () => {
  const driver = new TableDriver();
  driver.do(add(A));
  driver.do(sync);
  driver.isHolding = true;
  driver.advance(STALE_TIMEOUT_MS);
  driver.finish('failed');
  expect(driver.port(A.id)).toBeDefined();
  expect(driver.state.table.deadlines).toEqual([{ generation: 1, atMs: driver.nowMs + 1000 }]);
  driver.isHolding = false;
  driver.advance(1000);
  expect(driver.port(A.id)).toBeUndefined();
  expect(driver.state.table.deadlines).toEqual([]);
});

test('deadlines that come due together are one sweep, also when it has to be tried again', () => {
  const driver = new TableDriver({ batchCommandsMax: 10 });
  driver.do({ kind: 'add', ports: [A] });
  for (let count = 0; count < 5; count += 1) driver.do({ kind: 'sync' });
  driver.do({ kind: 'add', ports: [B] });
  driver.isHolding = true;
  driver.advance(STALE_TIMEOUT_MS);
  driver.finish('failed');
  driver.isHolding = false;
  expect([...driver.state.table.ports.keys()]).toEqual([A.id, B.id]);
  driver.advance(1_000);
  expect([...driver.state.table.ports.keys()]).toEqual([B.id]);
  expect(driver.sweptCounts).toEqual([1]);
  expect(driver.state.table.deadlines).toEqual([]);
  expect(driver.state.sweeping.size).toBe(0);
});

test('an operator sweeps what is NOT seen at once; when that cannot be saved, the deadline stays as it was', () => {
  const driver = new TableDriver();
  driver.do(add(A, B));
  driver.do(sync);
  driver.do(add(A));
  driver.isHolding = true;
  const { deadlines } = driver.state.table;
  const failed = driver.send({ kind: 'sweep' });
  driver.finish('failed');
  expect(driver.replies.get(failed)).toEqual(NOT_SAVED);
  expect(driver.state.table.deadlines).toEqual(deadlines);
  driver.isHolding = false;
  expect(driver.do({ kind: 'sweep' })).toEqual({ ok: true });
  expect([...driver.state.table.ports.keys()]).toEqual([A.id]);
  expect(driver.state.table.deadlines).toEqual([]);
});

test('after a restart pending sweeps get their full time again, and marks are kept', () => {
  const driver = new TableDriver();
  driver.do(add(A, B));
  driver.do(sync);
  driver.do(add(A));
  driver.advance(STALE_TIMEOUT_MS - 1);
  driver.restart();
  expect(driver.state.table.deadlines).toEqual([{ generation: 1, atMs: driver.nowMs + STALE_TIMEOUT_MS }]);
  driver.advance(STALE_TIMEOUT_MS - 1);
  expect(driver.state.table.ports.size).toBe(2);
  driver.advance(1);
  expect([...driver.state.table.ports.keys()]).toEqual([A.id]);
});

test('a tick that comes too early asks to be woken again', () => {
  const driver = new TableDriver();
  driver.do(sync);
  const dueMs = driver.wakeAtMs;
  driver.wakeAtMs = undefined;
  driver.input({ kind: 'tick' });
  expect(driver.wakeAtMs).toBe(dueMs);
});
