import { expect, test } from 'vitest';
import { agentReport } from './report.ts';
import { SOON_MS, steadyWorld } from './testing/new-world.ts';

const COUNT = 40;
const HOLD_MS = 300_000;

function worldWithoutMostPorts() {
  const world = steadyWorld(COUNT);
  const ids = [...world.desired.keys()];
  const gone = new Map([...world.desired].slice(0, 30));
  for (const id of gone.keys()) world.desired.delete(id);
  return { world, ids, gone };
}

test('when most ports would go at once, none goes, and no sync is sent', () => {
  const { world } = worldWithoutMostPorts();
  const before = world.sent.length;
  world.publish();
  world.input({ kind: 'resync' });
  world.advance(HOLD_MS / 2);
  expect(world.agent.ports.size).toBe(COUNT);
  expect(world.sent.slice(before).filter(({ kind }) => kind === 'sync' || kind === 'delete')).toEqual([]);
  expect(agentReport(world.state).brake?.ports).toBe(30);
});

test('what stays missing goes by itself after the hold, and the sync that waited follows', () => {
  const { world } = worldWithoutMostPorts();
  world.publish();
  world.input({ kind: 'resync' });
  const syncs = world.state.syncs;
  world.advance(HOLD_MS + SOON_MS);
  expect(world.agent.ports.size).toBe(10);
  expect(world.state.syncs).toBe(syncs + 1);
  expect(agentReport(world.state).brake).toBeNull();
});

test('nothing goes by itself while the inventory cannot be read', () => {
  const { world } = worldWithoutMostPorts();
  world.publish();
  world.loseInventory();
  world.advance(2 * HOLD_MS);
  expect(world.agent.ports.size).toBe(COUNT);
  world.publish();
  world.advance(SOON_MS);
  expect(world.agent.ports.size).toBe(10);
});

test('an operator lets them go at once', () => {
  const { world } = worldWithoutMostPorts();
  world.publish();
  world.input({ kind: 'release' });
  world.advance(SOON_MS);
  expect(world.agent.ports.size).toBe(10);
});

test('ports that come back were never gone', () => {
  const { world, gone } = worldWithoutMostPorts();
  world.publish();
  for (const [id, port] of gone) world.desired.set(id, port);
  world.publish();
  const before = world.sent.length;
  world.advance(2 * HOLD_MS);
  expect(world.agent.ports.size).toBe(COUNT);
  expect(world.sent.length).toBe(before);
});

test('additions and changes of other ports go on meanwhile', () => {
  const { world, ids } = worldWithoutMostPorts();
  world.publish();
  const [last = ''] = ids.slice(-1);
  const kept = world.desired.get(last);
  if (kept !== undefined) world.desired.set(last, { ...kept, enabled: !kept.enabled });
  world.publish();
  world.advance(SOON_MS);
  expect(world.agent.ports.get(last)?.enabled).toBe(!kept?.enabled);
  expect(world.agent.ports.size).toBe(COUNT);
});

test('few ports, or a small share, go at once', () => {
  const world = steadyWorld(COUNT);
  for (const id of [...world.desired.keys()].slice(0, 20)) world.desired.delete(id);
  world.publish();
  world.advance(SOON_MS);
  expect(world.agent.ports.size).toBe(20);
});

test('ports that moved to other agents do not count', () => {
  const { world, gone } = worldWithoutMostPorts();
  world.input({ kind: 'desired', ports: new Map(world.desired), parked: false, moved: new Set(gone.keys()) });
  world.advance(SOON_MS);
  expect(world.agent.ports.size).toBe(10);
});

test('a restarted plugin that sees hardly any port takes none away', () => {
  const { world, gone } = worldWithoutMostPorts();
  world.restartPlugin();
  world.publish();
  world.advance(HOLD_MS / 2);
  expect(world.agent.ports.size).toBe(COUNT);
  for (const [id, port] of gone) world.desired.set(id, port);
  world.publish();
  world.advance(SOON_MS);
  expect(world.state.syncs).toBe(1);
  expect(world.agent.ports.size).toBe(COUNT);
});
