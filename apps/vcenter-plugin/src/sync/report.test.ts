import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { agentReport, portReports, retries } from './report.ts';
import { OLD } from './testing/model-agent.ts';
import { newWorld, SOON_MS, steadyWorld, want } from './testing/new-world.ts';

test('an agent that was never tried is neither reachable nor unreachable', () => {
  const world = newWorld();
  expect(agentReport(world.state)).toEqual({
    brake: null,
    phase: 'gated',
    reachable: undefined,
    lastError: undefined,
    ports: { desired: 0, confirmed: 0, pending: 0, refused: 0 },
    syncs: 0,
    sweepDeadlineMs: undefined,
    inFlight: 0,
    nextAttemptAtMs: undefined,
    linkStates: true,
  });
});

test('an agent that is down says since which error, when it is tried next, and what it is owed', () => {
  const world = steadyWorld(1);
  world.stopAgent();
  const id = want(world, 2);
  world.publish();
  world.advance(3_000);
  const report = agentReport(world.state);
  expect(report).toMatchObject({
    phase: 'replaying',
    reachable: false,
    lastError: 'connection refused',
    ports: { desired: 2, confirmed: 1, pending: 1, refused: 0 },
  });
  expect(report.nextAttemptAtMs).toBeGreaterThan(world.nowMs);
  expect(retries(world.state)).toEqual([
    {
      portId: id,
      operation: 'add',
      attempts: expect.any(Number),
      lastError: 'connection refused',
      nextAttemptAtMs: report.nextAttemptAtMs,
    },
  ]);
  expect(retries(world.state)[0]?.attempts).toBeGreaterThan(1);
});

test('a delete, an enable and a disable that wait are in the list under their names', () => {
  const world = steadyWorld(3);
  world.stopAgent();
  world.desired.delete(samplePort(1).id);
  want(world, 2, {}, false);
  world.publish();
  world.advance(100);
  const list = retries(world.state).map(({ portId, operation }) => [portId, operation]);
  expect(list).toEqual([
    [samplePort(1).id, 'delete'],
    [samplePort(2).id, 'disable'],
  ]);
});

test('a sync that failed is in the list, with its attempts and the next one', () => {
  const world = newWorld();
  world.script = () => ({ kind: 'unavailable', reason: 'busy', sent: true, status: 503 });
  world.publish();
  world.advance(50);
  expect(agentReport(world.state)).toMatchObject({ phase: 'syncing', reachable: true, lastError: 'busy' });
  const [sync, ...rest] = retries(world.state);
  expect(rest).toEqual([]);
  expect(sync).toMatchObject({ portId: null, operation: 'sync', attempts: 1, lastError: 'busy' });
  expect(sync?.nextAttemptAtMs).toBeGreaterThan(world.nowMs);
});

test('a sync that an agent that is down is owed is in the list', () => {
  const world = newWorld();
  world.stopAgent();
  want(world, 1);
  world.publish();
  world.advance(50);
  expect(retries(world.state).map(({ operation }) => operation)).toEqual(['sync', 'add']);
});

test('a refused port is named, does not keep the agent from being steady, and is not forgotten', () => {
  const world = steadyWorld(1);
  const bad = want(world, 2);
  world.agent.refuses = ({ id }) => id === bad;
  world.publish();
  world.advance(SOON_MS);
  expect(agentReport(world.state)).toMatchObject({
    phase: 'steady',
    lastError: 'refused (400): Invalid port',
    ports: { desired: 2, confirmed: 1, pending: 1, refused: 1 },
  });
  expect(portReports(world.state).find(({ id }) => id === bad)).toEqual({
    id: bad,
    state: 'refused',
    operation: 'add',
    lastError: 'refused (400): Invalid port',
    desired: { port: samplePort(2), enabled: true },
    held: null,
  });
  expect(retries(world.state)).toMatchObject([{ portId: bad, operation: 'add', attempts: 1 }]);
});

test('a confirmed port says what the agent has', () => {
  const world = steadyWorld(1);
  expect(portReports(world.state)).toEqual([
    {
      id: samplePort(1).id,
      state: 'confirmed',
      operation: null,
      lastError: null,
      desired: { port: samplePort(1), enabled: true },
      held: { port: samplePort(1), enabled: true, confirmed: true },
    },
  ]);
  expect(retries(world.state)).toEqual([]);
});

test('an error of long ago is not shown for a port that waits now', () => {
  const world = steadyWorld(1);
  world.stopAgent();
  world.advance(10_000);
  world.startAgent(true);
  world.advance(10_000);
  want(world, 2);
  world.publish();
  expect(agentReport(world.state)).toMatchObject({
    phase: 'replaying',
    reachable: true,
    lastError: undefined,
    ports: { pending: 1 },
  });
});

test('phases: gated, syncing, replaying, steady, parked', () => {
  const world = newWorld();
  const phase = (): string => agentReport(world.state).phase;
  expect(phase()).toBe('gated');
  want(world, 1);
  world.publish();
  expect(phase()).toBe('syncing');
  while (agentReport(world.state).syncs === 0) world.advance(1);
  expect(phase()).toBe('replaying');
  world.advance(SOON_MS);
  expect(phase()).toBe('steady');
  world.parked = true;
  world.publish();
  expect(phase()).toBe('parked');
});

test('a plugin that loses the inventory before its first sync is gated again', () => {
  const world = newWorld();
  world.stopAgent();
  want(world, 1);
  world.publish();
  world.loseInventory();
  world.advance(10_000);
  expect(agentReport(world.state).phase).toBe('gated');
});

test('a parked agent shows what it will be owed', () => {
  const world = steadyWorld(1);
  world.parked = true;
  const id = want(world, 2);
  world.publish();
  expect(agentReport(world.state).phase).toBe('parked');
  expect(retries(world.state)).toMatchObject([{ portId: id, operation: 'add', nextAttemptAtMs: null }]);
});

test('an agent without link states is complete when its ports are there', () => {
  const world = steadyWorld(2, {}, OLD);
  expect(agentReport(world.state)).toMatchObject({
    phase: 'steady',
    linkStates: false,
    ports: { desired: 2, confirmed: 2, pending: 0 },
  });
});
