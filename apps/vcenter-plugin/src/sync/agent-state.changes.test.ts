import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { OLD, REAL } from './testing/model-agent.ts';
import { kinds, newWorld, SOON_MS, steadyWorld, want } from './testing/new-world.ts';
import type { World } from './testing/world.ts';

const BUSY = { kind: 'unavailable', reason: 'busy', sent: true, status: 503 } as const;

test.each([
  ['address', { 'ip-address': '10.9.9.9' }],
  ['IPv6 address', { 'ip6-address': 'fd00::9' }],
  ['VLAN', { 'rx-vlan-id': 7 }],
  ['network', { 'vn-id': '11111111-1111-3111-8111-111111111111' }],
  ['VM', { 'instance-id': '502789bb-240a-841f-e24c-ffffffffffff' }],
  ['MAC', { 'mac-address': '00:50:56:00:99:99' }],
] as const)('a change of %s is a delete, confirmed, then an add, then the link state', (_what, changes) => {
  const world = steadyWorld(1, {}, REAL);
  const id = want(world, 1, changes);
  world.publish();
  expect(kinds(world)).toEqual(['delete']);
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['delete', 'add', 'enable']);
  expect(world.agent.ports.get(id)).toMatchObject({ port: samplePort(1, changes), enabled: true });
});

test('an add does not overtake a delete that fails', () => {
  const world = steadyWorld(1);
  want(world, 1, { 'ip-address': '10.9.9.9' });
  world.script = ({ kind }) => (kind === 'delete' ? BUSY : undefined);
  world.publish();
  world.advance(30_000);
  expect(new Set(kinds(world))).toEqual(new Set(['delete']));
  world.script = () => undefined;
  world.advance(10_000);
  expect(kinds(world).slice(-3)).toEqual(['delete', 'add', 'enable']);
});

test('a new name alone does not cut traffic: one add', () => {
  const world = steadyWorld(1);
  const id = want(world, 1, { 'display-name': 'renamed' });
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['add', 'enable']);
  expect(world.agent.ports.get(id)?.port['display-name']).toBe('renamed');
});

test('a port is deleted without asking whether it is there, and one that is not there is deleted', () => {
  const world = steadyWorld(1);
  world.agent.ports.clear();
  world.desired.clear();
  world.script = ({ kind }) => (kind === 'delete' ? { kind: 'not-found' } : undefined);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['delete']);
  expect(world.state.ports.size).toBe(0);
  expect(world.disk.size).toBe(0);
});

test('power off and on is disable and enable, nothing else', () => {
  const world = steadyWorld(1);
  want(world, 1, {}, false);
  world.publish();
  world.advance(SOON_MS);
  want(world, 1, {}, true);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['disable', 'enable']);
});

test('of changes during a request only the newest is carried out', () => {
  const world = steadyWorld(0);
  for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
    want(world, 1, { 'ip-address': address });
    world.publish();
  }
  expect(kinds(world)).toEqual(['add']);
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['add', 'delete', 'add', 'enable']);
  expect(world.agent.ports.get(samplePort(1).id)?.port['ip-address']).toBe('10.0.0.3');
});

test('a port that is taken back while its add is under way is deleted after it', () => {
  const world = steadyWorld(0);
  want(world, 1);
  world.publish();
  world.desired.clear();
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['add', 'delete']);
  expect(world.agent.ports.size).toBe(0);
});

test('a port that comes back while its delete is under way is added after it', () => {
  const world = steadyWorld(1);
  world.desired.clear();
  world.publish();
  const id = want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['delete', 'add', 'enable']);
  expect(world.agent.ports.get(id)?.enabled).toBe(true);
});

test('after a crash that lost which of two records the agent has, it is deleted first', () => {
  const world = newWorld({}, REAL);
  const [old, wanted] = [samplePort(1, { 'ip-address': '10.1.1.1' }), samplePort(1)];
  world.input({
    kind: 'ledger',
    rows: [
      {
        portId: wanted.id,
        desired: { port: wanted, enabled: true },
        held: { port: old, ambiguous: false },
      },
    ],
  });
  want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync', 'delete', 'add', 'enable']);
});

test('what was not certain before a crash is not certain after it', () => {
  const world = newWorld({}, REAL);
  const port = samplePort(1);
  world.input({
    kind: 'ledger',
    rows: [{ portId: port.id, desired: { port, enabled: true }, held: { port, ambiguous: true } }],
  });
  want(world, 1);
  world.publish();
  world.advance(SOON_MS);
  expect(kinds(world)).toEqual(['sync', 'delete', 'add', 'enable']);
});

test('what vanished from the inventory while the plugin was away is deleted, not left to the sweep', () => {
  const world = steadyWorld(2);
  world.restartPlugin();
  world.desired.delete(samplePort(2).id);
  world.publish();
  world.advance(SOON_MS);
  expect([...world.agent.ports.keys()]).toEqual([samplePort(1).id]);
  expect(kinds(world)).toContain('delete');
});

test('what changed is on disk before it is sent', () => {
  const world = steadyWorld(0);
  const id = want(world, 1);
  let stored: unknown;
  world.script = () => {
    stored ??= world.disk.get(id);
    return undefined;
  };
  world.publish();
  expect(stored).toMatchObject({ portId: id, desired: { enabled: true } });
});

test('a refused port is kept and shown, not hammered, and the others go on', () => {
  const world = steadyWorld(0);
  const bad = want(world, 1);
  const good = want(world, 2);
  world.agent.refuses = ({ id }) => id === bad;
  world.publish();
  world.advance(world.limits.refusedRetryMs - 1_000);
  expect(sendsOf(world, bad)).toEqual(['add']);
  expect(world.agent.ports.has(good)).toBe(true);
  expect(world.state.ports.get(bad)).toMatchObject({ refused: true, attempts: 1 });
});

test('a refused port is offered again slowly, and taken when the agent was mended', () => {
  const world = steadyWorld(0);
  const bad = want(world, 1);
  world.agent.refuses = ({ id }) => id === bad;
  world.publish();
  world.advance(2 * world.limits.refusedRetryMs + SOON_MS);
  expect(sendsOf(world, bad)).toEqual(['add', 'add', 'add']);
  world.agent.refuses = () => false;
  world.advance(world.limits.refusedRetryMs);
  expect(world.agent.ports.has(bad)).toBe(true);
  expect(world.state.ports.get(bad)).toMatchObject({ refused: false, attempts: 0, lastError: undefined });
});

test('a refused port is offered again at once when it changes', () => {
  const world = steadyWorld(0);
  const bad = want(world, 1);
  world.agent.refuses = (port) => port['ip-address'] !== '10.9.9.9';
  world.publish();
  world.advance(SOON_MS);
  want(world, 1, { 'ip-address': '10.9.9.9' });
  world.publish();
  world.advance(SOON_MS);
  expect(sendsOf(world, bad)).toEqual(['add', 'add', 'enable']);
});

test('a refusal of the old record says nothing about the new one', () => {
  const world = steadyWorld(0);
  const id = want(world, 1);
  world.agent.refuses = (port) => port['ip-address'] !== '10.9.9.9';
  world.publish();
  want(world, 1, { 'ip-address': '10.9.9.9' });
  world.publish();
  world.advance(SOON_MS);
  expect(sendsOf(world, id)).toEqual(['add', 'add', 'enable']);
});

test('a refused port that changed counts as pending, not as refused', () => {
  const world = steadyWorld(0);
  const bad = want(world, 1);
  world.agent.refuses = ({ id }) => id === bad;
  world.publish();
  world.advance(SOON_MS);
  want(world, 1, { 'ip-address': '10.9.9.9' });
  world.publish();
  expect(world.state.ports.get(bad)).toMatchObject({ refused: false, attempts: 0 });
});

test('an array that is refused is sent port by port, so that one bad port harms no other', () => {
  const world = newWorld();
  const ids = [1, 2, 3, 4, 5].map((number) => want(world, number));
  world.agent.refuses = ({ id }) => id === ids[2];
  world.publish();
  world.advance(SOON_MS);
  expect([...world.agent.ports.keys()].sort()).toEqual(ids.filter((_id, index) => index !== 2));
  const adds = world.sent.filter(({ kind }) => kind === 'add').map((add) => add.ids.length);
  expect(adds).toEqual([5, 1, 1, 1, 1, 1]);
  expect([...world.state.ports.values()].map(({ refused }) => refused)).toEqual([
    false,
    false,
    true,
    false,
    false,
  ]);
});

test('ports that were taken alone travel in arrays again; the refused one stays alone', () => {
  const world = newWorld();
  const ids = [1, 2, 3].map((number) => want(world, number));
  world.agent.refuses = ({ id }) => id === ids[1];
  world.publish();
  world.advance(SOON_MS);
  world.sent.length = 0;
  world.input({ kind: 'resync' });
  world.advance(SOON_MS);
  const adds = world.sent.filter(({ kind }) => kind === 'add').map((add) => add.ids.length);
  expect(adds).toEqual([2]);
});

test('no array is longer than the limit', () => {
  const world = newWorld({ arrayLengthMax: 4 });
  for (let number = 1; number <= 10; number++) want(world, number);
  world.publish();
  world.advance(SOON_MS);
  const adds = world.sent.filter(({ kind }) => kind === 'add').map((add) => add.ids.length);
  expect(adds).toEqual([4, 4, 2]);
});

test('an agent without enable and disable is asked once, and again only after an outage', () => {
  const world = newWorld({}, OLD);
  for (let number = 1; number <= 20; number++) want(world, number, {}, number % 2 === 0);
  world.publish();
  world.advance(20 * SOON_MS);
  const asked = linksOf(world);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(world.limits.concurrencyMax);
  world.advance(world.limits.staleTimeoutMs * 2);
  expect(linksOf(world)).toHaveLength(asked.length);
  world.stopAgent();
  world.advance(10_000);
  world.startAgent(true);
  world.advance(10_000);
  expect(linksOf(world).length).toBeGreaterThan(asked.length);
});

test('an agent that lost the port when it is enabled gets it again', () => {
  const world = steadyWorld(1);
  const id = want(world, 1, {}, false);
  world.agent.ports.clear();
  world.publish();
  world.advance(10_000);
  expect(kinds(world)).toEqual(['disable', 'add', 'disable']);
  expect(world.agent.ports.get(id)?.enabled).toBe(false);
});

test('a port that fails waits longer and longer, up to 8 s', () => {
  const world = steadyWorld(0);
  want(world, 1);
  world.script = () => BUSY;
  world.publish();
  world.advance(100_000);
  const gaps = world.sent.slice(1).map(({ atMs }, index) => atMs - (world.sent[index]?.atMs ?? 0));
  expect(gaps[0]).toBeLessThan(300);
  expect(Math.max(...gaps)).toBeGreaterThan(4_000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(8_002);
});

test('an answer to a request that is not under way is ignored', () => {
  const world = steadyWorld(1);
  world.input({ kind: 'outcome', operationId: 999_999, outcome: { kind: 'not-found' }, random: 0 });
  world.advance(SOON_MS);
  expect(world.sent).toEqual([]);
});

function sendsOf(world: World, id: string): string[] {
  return world.sent.filter(({ ids }) => ids.includes(id)).map(({ kind }) => kind);
}

function linksOf(world: World): string[] {
  return kinds(world).filter((kind) => kind === 'enable' || kind === 'disable');
}
