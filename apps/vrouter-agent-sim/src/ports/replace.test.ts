import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { NOT_SAVED, STALE_TIMEOUT_MS, TableDriver } from '../testing/table-driver.ts';
import type { Contents } from './model.ts';

const [A, B, C] = [samplePort(1), samplePort(2), samplePort(3)];
const WORLD: Contents = {
  generation: 3,
  deadlines: [
    { generation: 2, remainingMs: 1_000 },
    { generation: 3, remainingMs: 5_000 },
  ],
  entries: [
    { port: B, linkState: 1, generation: 1 },
    { port: C, linkState: 0, generation: 3 },
  ],
};

test('a world that cannot be saved leaves the one before as it was', () => {
  const driver = new TableDriver();
  driver.do({ kind: 'add', ports: [A] });
  driver.isHolding = true;
  const request = driver.send({ kind: 'replace', ...WORLD });
  driver.finish('failed');
  expect(driver.replies.get(request)).toEqual(NOT_SAVED);
  expect([...driver.state.table.ports.keys()]).toEqual([A.id]);
  expect(driver.state.table).toMatchObject({ generation: 0, deadlines: [], world: 0 });
});

test('everything is replaced: ports, marks, generation and deadlines, which come due in order', () => {
  const driver = new TableDriver();
  driver.do({ kind: 'add', ports: [A] });
  for (let count = 0; count < 5; count += 1) driver.do({ kind: 'sync' });
  expect(driver.do({ kind: 'replace', ...WORLD })).toEqual({ ok: true });
  expect(driver.state.table.generation).toBe(3);
  expect([...driver.state.table.ports.values()]).toEqual(WORLD.entries);
  driver.advance(1_000);
  expect([...driver.state.table.ports.keys()]).toEqual([C.id]);
  driver.advance(4_000);
  expect(driver.state.table).toMatchObject({ deadlines: [] });
  expect([...driver.state.table.ports.keys()]).toEqual([C.id]);
  driver.advance(STALE_TIMEOUT_MS);
  expect(driver.sweptCounts).toEqual([1, 0]);
});

test('a replaced world is kept over a restart, with what is seen and what is to be swept', () => {
  const driver = new TableDriver();
  driver.do({ kind: 'add', ports: [A, B, C] });
  for (let count = 0; count < 5; count += 1) driver.do({ kind: 'sync' });
  driver.do({ kind: 'add', ports: [B] });
  driver.do({ kind: 'replace', ...WORLD });
  driver.restart();
  expect(driver.state.table.deadlines.map(({ generation }) => generation)).toEqual([2, 3]);
  driver.advance(STALE_TIMEOUT_MS);
  expect([...driver.state.table.ports.keys()]).toEqual([C.id]);
});

test('a sweep that is under way when its world is replaced takes nothing of the new one', () => {
  const driver = new TableDriver({ sweepSliceMax: 1 });
  driver.do({ kind: 'add', ports: [A, B, C] });
  driver.do({ kind: 'sync' });
  driver.isHolding = true;
  driver.advance(STALE_TIMEOUT_MS); // its first port is being removed
  driver.send({ kind: 'replace', ...WORLD });
  while (driver.finish('saved'));
  driver.isHolding = false;
  expect([...driver.state.table.ports.keys()]).toEqual([B.id, C.id]);
  driver.advance(1_000);
  expect([...driver.state.table.ports.keys()]).toEqual([C.id]);
});

test('a port is restored to what it was, or to nothing', () => {
  const driver = new TableDriver();
  driver.do({ kind: 'add', ports: [A] });
  const before = driver.port(A.id);
  driver.do({ kind: 'add', ports: [{ ...A, 'tx-vlan-id': 7 }] });
  driver.do({ kind: 'restore', id: A.id, entry: before });
  expect(driver.port(A.id)).toEqual(before);
  expect(driver.store.ports.get(A.id)).toMatchObject({ port: { 'tx-vlan-id': 100 } });
  driver.do({ kind: 'restore', id: A.id, entry: undefined });
  expect(driver.store.ports.size + driver.state.table.ports.size).toBe(0);
});
