import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { REAL } from './testing/model-agent.ts';
import { kinds, newWorld, SOON_MS, steadyWorld, want } from './testing/new-world.ts';
import type { World } from './testing/world.ts';

test('nothing is sent before the first complete inventory, whatever the ledger holds', () => {
  const world = newWorld();
  world.input({
    kind: 'ledger',
    rows: [{ portId: samplePort(1).id, desired: undefined, held: { port: samplePort(1), ambiguous: false } }],
  });
  world.input({ kind: 'resync' });
  world.loseInventory();
  world.advance(60_000);
  expect(world.sent).toEqual([]);
  expect(world.probes).toEqual([]);
});

test('the sync is sent first, alone, and everything else only after its answer', () => {
  const world = newWorld();
  want(world, 1);
  want(world, 2, {}, false);
  world.publish();
  expect(kinds(world)).toEqual(['sync']);
  expect(world.state.inFlight.size).toBe(1);
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync', 'add', 'enable', 'disable']);
  expect([...world.agent.ports.values()].map(({ enabled }) => enabled)).toEqual([true, false]);
});

test('an empty inventory is synced too: what the agent still has must go', () => {
  const world = newWorld();
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync']);
});

test.each([
  ['refused', { kind: 'refused', status: 400, message: 'no' }],
  ['failed', { kind: 'unavailable', reason: 'disk full', sent: true, status: 500 }],
  ['cut', { kind: 'unavailable', reason: 'reset', sent: true }],
  ['never delivered', { kind: 'unavailable', reason: 'connection refused', sent: false }],
  ['unknown', { kind: 'unknown-route' }],
] as const)('a sync that was %s is sent again, and no add before one is confirmed', (_name, outcome) => {
  const world = newWorld();
  want(world, 1);
  world.script = ({ kind }) => (kind === 'sync' ? outcome : undefined);
  world.publish();
  world.advance(60_000);
  expect(world.sent.length).toBeGreaterThan(5);
  expect(new Set(kinds(world))).toEqual(new Set(['sync']));
  world.script = () => undefined;
  world.advance(10_000);
  expect(kinds(world).slice(-3)).toEqual(['sync', 'add', 'enable']);
});

test('retries of a sync are never more than 8 s apart, and never a hail', () => {
  const world = newWorld();
  world.script = () => ({ kind: 'unavailable', reason: 'busy', sent: true, status: 503 });
  world.publish();
  world.advance(120_000);
  const gaps = gapsOf(world);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(8_002);
  expect(Math.max(...gaps)).toBeGreaterThan(4_000);
  expect(gaps.at(0)).toBeGreaterThanOrEqual(125);
});

test('a crash between sync and adds begins with a sync again', () => {
  const world = newWorld();
  want(world, 1);
  world.publish();
  world.advance(15);
  world.restartPlugin();
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world).filter((kind) => kind === 'sync')).toHaveLength(2);
  expect(kinds(world).slice(-3)).toEqual(['sync', 'add', 'enable']);
});

test('a sync that is asked for waits until nothing is under way', () => {
  const world = steadyWorld(3);
  want(world, 4);
  world.publish();
  expect(kinds(world)).toEqual(['add']);
  world.input({ kind: 'resync' });
  expect(kinds(world)).toEqual(['add']);
  world.advance(SOON_MS);
  expect(kinds(world).slice(0, 3)).toEqual(['add', 'sync', 'add']);
});

test('a sync asked for while one is under way comes after it: an answer pays only what was owed when its request was sent', () => {
  const world = steadyWorld(1);
  world.input({ kind: 'resync' });
  expect(kinds(world)).toEqual(['sync']);
  world.input({ kind: 'resync' });
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync', 'sync', 'add', 'enable']);
});

test('an agent that leaves maintenance while a sync is under way gets another one', () => {
  const world = steadyWorld(1);
  world.input({ kind: 'resync' });
  world.parked = true;
  world.publish();
  world.parked = false;
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync', 'sync', 'add', 'enable']);
});

test('a sync that brings an agent back pays for the outage', () => {
  const world = steadyWorld(1);
  world.stopAgent();
  world.input({ kind: 'resync' });
  world.advance(5_000);
  world.startAgent(true);
  world.sent.length = 0;
  world.advance(20_000);
  expect(kinds(world)).toEqual(['sync', 'add', 'enable']);
});

test('without the inventory no sync is sent, but what is owed goes on', () => {
  const world = steadyWorld(2);
  want(world, 3);
  world.script = () => ({ kind: 'unavailable', reason: 'busy', sent: true, status: 503 });
  world.publish();
  world.loseInventory();
  world.input({ kind: 'resync' });
  world.script = () => undefined;
  world.advance(10_000);
  expect(kinds(world)).not.toContain('sync');
  expect(world.agent.ports.size).toBe(3);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toContain('sync');
});

test('what the sweep took although it should not have is found and added again', () => {
  const world = newWorld();
  const id = want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  world.agent.ports.delete(id);
  world.advance(world.limits.staleTimeoutMs + 2_000);
  expect(kinds(world)).toEqual(['sync', 'add', 'enable', 'verify', 'add', 'enable']);
  expect(world.agent.ports.get(id)?.enabled).toBe(true);
});

test('an answer that says nothing about the port is no look: it is asked again, but not for ever', () => {
  const world = newWorld();
  const id = want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  world.agent.ports.delete(id);
  let refusals = 2;
  const busy = { kind: 'unavailable', reason: 'try later', sent: true, status: 503 } as const;
  world.script = ({ kind }) => (kind === 'verify' && refusals-- > 0 ? busy : undefined);
  world.advance(world.limits.staleTimeoutMs + 4_000);
  expect(kinds(world)).toEqual(['sync', 'add', 'enable', 'verify', 'verify', 'verify', 'add', 'enable']);
  expect(world.agent.ports.get(id)?.enabled).toBe(true);

  refusals = Infinity;
  world.input({ kind: 'resync' });
  world.advance(10 * world.limits.staleTimeoutMs);
  const looks = kinds(world).filter((kind) => kind === 'verify').length;
  expect(looks).toBeGreaterThan(4);
  world.advance(10 * world.limits.staleTimeoutMs);
  expect(kinds(world).filter((kind) => kind === 'verify')).toHaveLength(looks);
});

test('after the deadline every port is read back once, and then there is silence', () => {
  const world = newWorld();
  for (let number = 1; number <= 5; number++) want(world, number);
  world.publish();
  world.advance(3 * world.limits.staleTimeoutMs);
  expect(kinds(world).filter((kind) => kind === 'verify')).toHaveLength(5);
  expect(kinds(world).filter((kind) => kind === 'add')).toHaveLength(1);
});

test('a wrong record or link state found after the deadline is put right', () => {
  const world = newWorld();
  const [wrong, off] = [want(world, 1), want(world, 2)];
  world.publish();
  world.advance(SOON_MS);
  const [a, b] = [world.agent.ports.get(wrong), world.agent.ports.get(off)];
  if (a === undefined || b === undefined) throw new Error('the ports are not there');
  a.port = samplePort(1, { 'ip-address': '10.9.9.9' });
  b.enabled = false;
  world.advance(2 * world.limits.staleTimeoutMs);
  expect(world.agent.ports.get(wrong)?.port).toEqual(samplePort(1));
  expect(world.agent.ports.get(off)?.enabled).toBe(true);
  const requests = world.sent.filter(({ ids }) => ids.includes(wrong)).map(({ kind }) => kind);
  expect(requests.slice(-3)).toEqual(['delete', 'add', 'enable']);
});

test('an agent that cannot show its ports gets them once more instead', () => {
  const world = newWorld({}, REAL);
  want(world, 1);
  world.publish();
  world.advance(3 * world.limits.staleTimeoutMs);
  expect(kinds(world)).toEqual(['sync', 'add', 'enable', 'verify', 'add', 'enable']);
});

test('a replay that would take too long is begun again before the deadline, but not for ever', () => {
  const world = newWorld({ arrayLengthMax: 1, concurrencyMax: 1, staleTimeoutMs: 4_000, extraSyncsMax: 3 });
  for (let number = 1; number <= 600; number++) want(world, number);
  world.publish();
  world.advance(60_000);
  const syncs = world.sent.filter(({ kind }) => kind === 'sync');
  expect(syncs).toHaveLength(4);
  const [first, second] = syncs;
  expect((second?.atMs ?? Infinity) - (first?.atMs ?? 0)).toBeLessThan(4_000);
  expect([...world.agent.ports.values()].filter(({ enabled }) => enabled)).toHaveLength(600);
});

test('a replay that is begun again starts with the ports that wait longest for it', () => {
  const world = newWorld({ arrayLengthMax: 1, concurrencyMax: 1, staleTimeoutMs: 4_000 });
  const ids = Array.from({ length: 300 }, (_none, index) => want(world, index + 1));
  world.publish();
  world.advance(3_000);
  const second = world.sent.findLastIndex(({ kind }) => kind === 'sync');
  const before = new Set(world.sent.slice(0, second).flatMap((request) => request.ids));
  expect(second).toBeGreaterThan(1);
  expect(before.size).toBeLessThan(ids.length);
  expect(world.sent[second + 1]?.ids).toEqual([ids.find((id) => !before.has(id))]);
});

test('an inventory that is lost before the first sync could be sent sends nothing else either', () => {
  const world = newWorld();
  want(world, 1);
  world.stopAgent();
  world.publish();
  world.advance(100);
  world.loseInventory();
  world.sent.length = 0;
  world.startAgent(true);
  world.advance(60_000);
  expect(world.sent).toEqual([]);
});

test('a sync that arrives after it was given up is healed by adding all once more', () => {
  const world = newWorld();
  const id = want(world, 1);
  let syncs = 0;
  world.script = ({ kind }) =>
    kind === 'sync' && ++syncs === 1
      ? { kind: 'unavailable', reason: 'time-out', sent: true, late: true }
      : undefined;
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync', 'sync', 'add', 'enable']);
  world.agent.apply({ id: 0, sentAtMs: 0, kind: 'sync', epoch: 0 }, world.nowMs);
  world.advance(2 * world.limits.staleTimeoutMs);
  expect(world.agent.swept).toEqual([]);
  expect(world.agent.ports.has(id)).toBe(true);
});

function gapsOf(world: World): number[] {
  return world.sent.slice(1).map(({ atMs }, index) => atMs - (world.sent[index]?.atMs ?? 0));
}
