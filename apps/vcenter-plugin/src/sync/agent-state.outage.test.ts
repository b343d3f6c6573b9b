import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { step } from './agent-state.ts';
import type { SyncLimits } from './limits.ts';
import type { Input } from './state.ts';
import { OLD } from './testing/model-agent.ts';
import { kinds, newWorld, SOON_MS, steadyWorld, want } from './testing/new-world.ts';
import { NO_FAULTS, RESPONSE_MS, type World } from './testing/world.ts';

test('an idle agent that goes away is noticed within a heartbeat', () => {
  const world = steadyWorld(1);
  world.stopAgent();
  world.advance(world.limits.heartbeatMs + SOON_MS);
  expect(world.state.connection.kind).toBe('down');
  expect(world.state.lastError).toBe('the agent accepts no connections');
});

test('an agent that is busy is not probed besides', () => {
  const world = steadyWorld(0);
  want(world, 1);
  world.agentHangs = true;
  world.advance(world.limits.heartbeatMs - 100);
  world.probes.length = 0;
  world.publish();
  world.advance(RESPONSE_MS - 1);
  expect(world.probes).toEqual([]);
});

test('while an agent is down it is probed every second and asked less and less', () => {
  const world = steadyWorld(1);
  world.stopAgent();
  want(world, 2);
  world.publish();
  world.advance(60_000);
  // A request that fails is a look as good as a probe.
  const looks = [...world.probes, ...world.sent.map(({ atMs }) => atMs)].sort((a, b) => a - b);
  const gaps = looks.slice(1).map((atMs, index) => atMs - (looks[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1_002);
  expect(world.probes.length).toBeGreaterThan(50);
  expect(world.sent.length).toBeLessThan(20);
});

test('a plugin that stood still for longer than an outage takes adds all again, for it may have missed one', () => {
  const sentAfter = (stillMs: number, input: Input): string[] => {
    const world = steadyWorld(2);
    const [, effects] = step(world.state, input, world.nowMs + stillMs);
    return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.operation.kind] : []));
  };
  const probed = { kind: 'probed', accepts: true, random: 0.5 } as const;
  expect(sentAfter(60_000, probed)).toEqual(['add']);
  expect(sentAfter(5_000, probed)).toEqual([]);
});

test('recovery starts within about a second of the return', () => {
  const world = steadyWorld(1);
  world.stopAgent();
  const id = want(world, 2);
  world.publish();
  world.advance(120_000);
  world.startAgent(true);
  world.advance(1_100);
  expect(world.agent.ports.get(id)?.enabled).toBe(true);
});

test('an add that was never sent leaves nothing to be deleted when the port changes', () => {
  const world = steadyWorld(0);
  world.stopAgent();
  want(world, 1, { 'ip-address': 'None' });
  world.publish();
  world.advance(10_000);
  const id = want(world, 1, { 'ip-address': '10.0.0.7' });
  world.publish();
  world.sent.length = 0;
  world.startAgent(true);
  world.advance(2_000);
  expect(kinds(world)).not.toContain('delete');
  expect(world.agent.ports.get(id)).toMatchObject({ enabled: true, port: { 'ip-address': '10.0.0.7' } });
});

test('an agent that accepts and never answers gets one request at a time', () => {
  const world = steadyWorld(0);
  for (let number = 1; number <= 50; number++) want(world, number);
  world.agentHangs = true;
  world.publish();
  world.advance(RESPONSE_MS + 1);
  const before = world.sent.length;
  world.advance(60_000);
  expect(world.sent.length - before).toBeLessThan(12);
  expect(world.state.inFlight.size).toBeLessThanOrEqual(1);
  world.agentHangs = false;
  world.advance(world.limits.retryMsMax + RESPONSE_MS + 20 * SOON_MS);
  expect(world.agent.ports.size).toBe(50);
});

test('what failed goes before what is only repeated', () => {
  const world = steadyWorld(3);
  world.stopAgent();
  const late = want(world, 4);
  world.publish();
  world.advance(10_000);
  world.sent.length = 0;
  world.startAgent(true);
  world.advance(2_000);
  expect(world.sent[0]?.ids).toEqual([late]);
  expect(world.sent.filter(({ ids }) => ids.includes(late)).map(({ kind }) => kind)).toEqual([
    'add',
    'enable',
  ]);
});

test('requests that die together are one failure', () => {
  const world = steadyWorld(0);
  for (let number = 1; number <= 8; number++) want(world, number);
  world.script = () => ({ kind: 'unavailable', reason: 'reset', sent: true });
  world.publish();
  expect(world.state.inFlight.size).toBe(8);
  world.advance(2);
  expect(world.state.connection).toMatchObject({ kind: 'down', unheard: { failures: 1 } });
});

test('re-add: after an outage all ports and link states are sent again, without a sync', () => {
  const world = steadyWorld(3);
  outage(world, false);
  expect(kinds(world)).not.toContain('sync');
  expect([...world.agent.ports.values()].map(({ enabled }) => enabled)).toEqual([true, true, true]);
});

test('retry-only: after an outage only what failed is sent', () => {
  const world = steadyWorld(3, { reconnect: 'retry-only' });
  world.stopAgent();
  const id = want(world, 4);
  world.publish();
  world.advance(20_000);
  world.startAgent(true);
  world.sent.length = 0;
  world.advance(10_000);
  expect(world.sent.map(({ kind, ids }) => [kind, ...ids])).toEqual([
    ['add', id],
    ['enable', id],
  ]);
});

test('retry-only: an agent that was replaced by a newer one is asked for link states again', () => {
  const world = steadyWorld(3, { reconnect: 'retry-only' }, OLD);
  expect(world.state.linkStates).toBe(false);
  outage(world, true);
  expect(kinds(world)).toContain('enable');
});

test('resync: after an outage the sync comes first', () => {
  const world = steadyWorld(2, { reconnect: 'resync' });
  outage(world, true);
  expect(kinds(world).slice(0, 2)).toEqual(['sync', 'add']);
});

test.each(['re-add', 'retry-only', 'resync'] satisfies SyncLimits['reconnect'][])(
  '%s: a replay that an outage interrupted begins with a sync',
  (reconnect) => {
    const world = newWorld({ reconnect, arrayLengthMax: 1, concurrencyMax: 1 });
    for (let number = 1; number <= 20; number++) want(world, number);
    world.publish();
    world.advance(100);
    expect(world.agent.ports.size).toBeGreaterThan(0);
    expect(world.agent.ports.size).toBeLessThan(20);
    outage(world, true);
    expect(
      kinds(world)
        .filter((kind) => kind !== 'add')
        .at(0),
    ).toBe('sync');
    expect(world.agent.ports.size).toBe(20);
  },
);

test('an outage before the sweep costs the agent its timer: sync again', () => {
  const world = newWorld();
  want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  world.sent.length = 0;
  outage(world, true);
  expect(kinds(world).slice(0, 2)).toEqual(['sync', 'add']);
});

test('after an outage with the inventory unreadable the ports are added again all the same', () => {
  const world = newWorld();
  const id = want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  world.loseInventory();
  world.sent.length = 0;
  outage(world, false);
  expect(kinds(world)).not.toContain('sync');
  expect(world.agent.ports.has(id)).toBe(true);
});

test('one connection that breaks while others answer is not an outage', () => {
  const world = steadyWorld(0);
  for (let number = 1; number <= 4; number++) want(world, number);
  const unlucky = samplePort(1).id;
  world.script = (operation) =>
    operation.kind === 'add' && operation.items[0]?.entry.id === unlucky && world.sent.length < 5
      ? { kind: 'unavailable', reason: 'reset', sent: true }
      : undefined;
  world.publish();
  world.advance(10_000);
  const adds = world.sent.filter(({ kind }) => kind === 'add');
  expect(adds).toHaveLength(5);
  expect(world.agent.ports.size).toBe(4);
});

test('a parked agent is left alone: no request, no probe', () => {
  const world = steadyWorld(2);
  world.parked = true;
  want(world, 3);
  world.desired.delete(samplePort(1).id);
  world.publish();
  world.input({ kind: 'resync' });
  world.advance(200_000);
  expect(world.sent).toEqual([]);
  expect(world.probes).toEqual([]);
});

test('back from maintenance an agent is synced first, then filled', () => {
  const world = steadyWorld(2);
  world.parked = true;
  const id = want(world, 3);
  world.publish();
  world.advance(60_000);
  world.parked = false;
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world).slice(0, 2)).toEqual(['sync', 'add']);
  expect(world.agent.ports.has(id)).toBe(true);
});

test('an agent may be a newer one after maintenance: link states are asked for again', () => {
  const world = steadyWorld(2, {}, OLD);
  expect(world.state.linkStates).toBe(false);
  world.parked = true;
  world.publish();
  world.parked = false;
  world.publish();
  expect(world.state.linkStates).toBe(true);
  world.advance(SOON_MS);
  expect(kinds(world)).toContain('enable');
});

test('an agent that is parked in the middle of a replay keeps what it had', () => {
  const world = steadyWorld(40, { arrayLengthMax: 1, concurrencyMax: 1 });
  world.input({ kind: 'resync' });
  world.advance(100);
  world.parked = true;
  world.publish();
  world.advance(2 * world.limits.staleTimeoutMs);
  expect(world.agent.swept).toEqual([]);
  expect(world.agent.ports.size).toBe(40);
});

test.each([5, 10, 15, 20, 25, 30, 35])(
  'a port that waits for its next attempt when the agent is parked after %i s is not left to the sweep',
  (parkedAfterSeconds) => {
    const world = steadyWorld(2);
    const unlucky = samplePort(2).id;
    let failing = true;
    world.script = (operation) =>
      failing && operation.kind === 'add' && operation.items.some(({ entry }) => entry.id === unlucky)
        ? { kind: 'unavailable', reason: 'busy', sent: true, status: 503 }
        : undefined;
    world.input({ kind: 'resync' });
    world.advance(parkedAfterSeconds * 1_000);
    world.parked = true;
    world.publish();
    failing = false;
    world.advance(2 * world.limits.staleTimeoutMs);
    expect(world.agent.swept).toEqual([]);
  },
);

test('a parked agent that stays away is given up at the deadline of its sweep', () => {
  const world = steadyWorld(2);
  world.input({ kind: 'resync' });
  world.advance(15);
  world.parked = true;
  world.stopAgent();
  world.publish();
  world.advance(world.limits.staleTimeoutMs + 2_000);
  world.sent.length = 0;
  world.probes.length = 0;
  world.advance(100_000);
  expect(world.sent).toEqual([]);
  expect(world.probes).toEqual([]);
});

function outage(world: World, keepsDisk: boolean): void {
  world.stopAgent();
  world.advance(20_000);
  world.startAgent(keepsDisk);
  world.sent.length = 0;
  world.advance(20_000);
}

test('whose answers are lost, is not made to sweep its ports by one sync after another', () => {
  const world = steadyWorld(3);
  world.faults = { ...NO_FAULTS, lostAfter: 1 };
  world.input({ kind: 'resync' });
  world.advance(5 * world.limits.staleTimeoutMs);
  expect(world.agent.swept).toEqual([]);
  expect(kinds(world).filter((kind) => kind === 'sync')).toHaveLength(1);

  world.faults = NO_FAULTS;
  world.advance(2 * world.limits.staleTimeoutMs);
  expect(kinds(world).filter((kind) => kind === 'sync')).toHaveLength(2);
  expect(world.agent.swept).toEqual([]);
});
