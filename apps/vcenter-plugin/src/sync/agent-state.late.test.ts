import type { Outcome } from '@vrouter/agent-client';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import type { InFlight } from './state.ts';
import { REAL } from './testing/model-agent.ts';
import { kinds, SOON_MS, steadyWorld, want } from './testing/new-world.ts';
import type { World } from './testing/world.ts';

const TIMED_OUT: Outcome = { kind: 'unavailable', reason: 'time-out', sent: true, late: true };

test('an add that timed out does not delay the link state, and is repeated once it cannot arrive any more', () => {
  const world = steadyWorld(0, { reconnect: 'retry-only' }, REAL);
  const id = want(world, 1);
  firstTimesOut(world, 'add');
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['add', 'add', 'enable']);
  expect(world.agent.ports.get(id)?.enabled).toBe(true);
  world.advance(60_000);
  expect(kinds(world)).toEqual(['add', 'add', 'enable', 'add', 'enable']);
});

test('a delete that timed out may arrive after the next add, so that is repeated', () => {
  const world = steadyWorld(1, { reconnect: 'retry-only' }, REAL);
  const late = firstTimesOut(world, 'delete');
  want(world, 1, { 'ip-address': '10.9.9.9' });
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['delete', 'delete', 'add', 'enable']);
  late.arrive();
  expect(world.agent.ports.size).toBe(0);
  world.advance(world.limits.settleMs + SOON_MS);
  expect([...world.agent.ports.values()].map(({ enabled }) => enabled)).toEqual([true]);
});

test('an old add that arrives after the port was deleted is deleted once more', () => {
  const world = steadyWorld(0, { reconnect: 'retry-only' }, REAL);
  want(world, 1);
  const late = firstTimesOut(world, 'add');
  world.publish();
  world.advance(5);
  world.desired.clear();
  world.publish();
  world.advance(SOON_MS);
  late.arrive();
  expect(world.agent.ports.size).toBe(1);
  world.advance(world.limits.settleMs + SOON_MS);
  expect(kinds(world)).toEqual(['add', 'delete', 'delete']);
  expect(world.agent.ports.size).toBe(0);
  expect(world.state.ports.size).toBe(0);
});

test('an old add that arrives before the add of a changed port wins at a real agent, and is found out', () => {
  const world = steadyWorld(0, { reconnect: 'retry-only' }, REAL);
  want(world, 1, { 'ip-address': '10.1.1.1' });
  const late = firstTimesOut(world, 'add');
  world.publish();
  world.advance(5);
  const id = want(world, 1);
  world.script = ({ kind }) => {
    if (kind === 'add') late.arrive();
    return undefined;
  };
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['add', 'delete', 'add', 'enable']);
  expect(world.agent.ports.get(id)?.port['ip-address']).toBe('10.1.1.1');
  world.script = () => undefined;
  world.advance(world.limits.settleMs + SOON_MS);
  expect(kinds(world).slice(4)).toEqual(['delete', 'add', 'enable']);
  expect(world.agent.ports.get(id)).toMatchObject({ port: samplePort(1), enabled: true });
});

test('an old add that may still arrive is not forgotten with the port that replaced it', () => {
  const world = steadyWorld(0, { reconnect: 'retry-only' }, REAL);
  want(world, 1, { 'ip-address': '10.1.1.1' });
  const late = firstTimesOut(world, 'add');
  world.publish();
  world.advance(5);
  world.agent.refuses = (port) => port['ip-address'] !== '10.1.1.1';
  want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['add', 'delete', 'add']);
  world.desired.clear();
  world.publish();
  late.arrive();
  expect(world.agent.ports.size).toBe(1);
  world.advance(world.limits.settleMs + SOON_MS);
  expect(kinds(world)).toEqual(['add', 'delete', 'add', 'delete']);
  expect(world.agent.ports.size).toBe(0);
  expect(world.state.ports.size).toBe(0);
});

test('a crash remembers that an old add may still arrive', () => {
  const world = steadyWorld(0, { reconnect: 'retry-only' }, REAL);
  const old = want(world, 1, { 'ip-address': '10.1.1.1' });
  firstTimesOut(world, 'add');
  world.publish();
  world.advance(5);
  want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  expect(world.disk.get(old)).toMatchObject({ held: { ambiguous: true } });
  world.advance(world.limits.settleMs + SOON_MS);
  expect(world.disk.get(old)).toMatchObject({ held: { port: samplePort(1), ambiguous: false } });
});

test('a delete whose answer was lost leaves nothing certain: the port that comes back is added', () => {
  const world = steadyWorld(1, { reconnect: 'retry-only' }, REAL);
  let lost = false;
  world.script = (operation) => {
    if (operation.kind !== 'delete' || lost) return undefined;
    lost = true;
    world.agent.apply(operation, world.nowMs);
    return { kind: 'unavailable', reason: 'reset', sent: true };
  };
  world.desired.clear();
  world.publish();
  want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['delete', 'add', 'enable']);
});

test('a disable whose answer was lost leaves the link state uncertain: it is enabled again', () => {
  const world = steadyWorld(1, { reconnect: 'retry-only' }, REAL);
  let lost = false;
  world.script = (operation) => {
    if (operation.kind !== 'disable' || lost) return undefined;
    lost = true;
    world.agent.apply(operation, world.nowMs);
    return { kind: 'unavailable', reason: 'reset', sent: true };
  };
  const id = want(world, 1, {}, false);
  world.publish();
  want(world, 1, {}, true);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['disable', 'enable']);
  expect(world.agent.ports.get(id)?.enabled).toBe(true);
});

test('an agent that hung for long reads what it was sent long ago, after what it answers first', () => {
  const world = steadyWorld(0, { reconnect: 'retry-only' }, REAL);
  world.agentHangs = true;
  const first = firstHeld(world, 'add');
  // So many that one of them is not tried again before the last attempt can arrive no more.
  const [id] = [1, 2, 3, 4, 5, 6].map((number) => want(world, number));
  world.publish();
  world.advance(300_000);
  world.desired.clear();
  world.publish();
  world.advance(300_000);
  goesOn(world);
  expect(world.agent.ports.size).toBe(0);
  first.arrive();
  expect([...world.agent.ports.keys()]).toEqual([id]);
  world.advance(world.limits.settleMs + SOON_MS);
  expect(world.agent.ports.size).toBe(0);
  expect(world.state.ports.size).toBe(0);
});

test('so it is with a sync that it was sent long ago: all ports are added again before that sweeps them', () => {
  // So many that adds of one port are far apart.
  const world = steadyWorld(400, { reconnect: 'retry-only' });
  world.agentHangs = true;
  const first = firstHeld(world, 'sync');
  world.input({ kind: 'resync' });
  world.advance(300_000);
  goesOn(world);
  expect(kinds(world).at(-1)).toBe('enable');
  first.arrive();
  world.advance(2 * world.limits.staleTimeoutMs);
  expect(world.agent.swept).toEqual([]);
});

/** It answers again; returns soon after its first answer. */
function goesOn(world: World): void {
  world.agentHangs = false;
  for (let round = 0; round < 200 && world.state.connection.kind !== 'up'; round++) world.advance(100);
  world.advance(SOON_MS);
}

/** The first request of `kind`, which `arrive` lets the agent have after all. */
function firstHeld(world: World, kind: InFlight['kind']): { arrive(): void } {
  let first: InFlight | undefined;
  world.script = (operation) => {
    if (operation.kind === kind) first ??= operation;
    return undefined;
  };
  return {
    arrive() {
      if (first === undefined) throw new Error(`no ${kind} was sent`);
      world.agent.apply(first, world.nowMs);
    },
  };
}

/** Lets the first request of `kind` time out; `arrive` lets the agent have it after all. */
function firstTimesOut(world: World, kind: InFlight['kind']): { arrive(): void } {
  let late: InFlight | undefined;
  world.script = (operation) => {
    if (operation.kind !== kind || late !== undefined) return undefined;
    late = operation;
    return TIMED_OUT;
  };
  return {
    arrive() {
      if (late === undefined) throw new Error(`no ${kind} was sent`);
      world.agent.apply(late, world.nowMs);
    },
  };
}
