import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import type { SyncLimits } from './limits.ts';
import type { PortEntry } from './port-entry.ts';
import { pump } from './pump.ts';
import type { AgentState, Connection, Effect, SyncSession } from './state.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const UP: Connection = { kind: 'up', lastAnswerMs: 0, probing: false };
const DOWN: Connection & { kind: 'down' } = {
  kind: 'down',
  sinceMs: 0,
  unheard: { sinceMs: 0, failures: 1 },
  retryAtMs: 50,
  probeAtMs: 70,
  probing: false,
  refusing: true,
};
const SESSION: SyncSession = {
  epoch: 1,
  sentAtMs: 0,
  confirmedAtMs: 0,
  deadlineMs: 60_000,
  total: 1,
  replayed: false,
  verifying: false,
  extraSyncs: 0,
};
const held = (number: number, changes: Partial<NonNullable<PortEntry['held']>> = {}) => ({
  port: samplePort(number),
  epoch: 1,
  enabled: true,
  ambiguous: false,
  ...changes,
});
const missing = (number: number, changes: Partial<PortEntry> = {}): PortEntry =>
  settledEntry(number, { held: undefined, ...changes });
const stale = (number: number, changes: Partial<PortEntry> = {}): PortEntry =>
  settledEntry(number, { held: held(number, { epoch: 0 }), ...changes });

function pumped(
  entries: readonly PortEntry[],
  changes: Partial<AgentState> = {},
  limits: Partial<SyncLimits> = {},
  nowMs = 10,
) {
  const state = agentOf(entries, changes, { heartbeatMs: 5_000, probeMs: 1_000, ...limits });
  const effects: Effect[] = [];
  pump(state, nowMs, effects);
  const operations = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.operation] : []));
  const sent = operations.map((one) => (one.kind === 'add' ? `add ${one.items.length}` : one.kind));
  const wakes = effects.flatMap((effect) => (effect.kind === 'wake' ? [effect.atMs] : []));
  const probes = effects.filter(({ kind }) => kind === 'probe').length;
  return { state, effects, operations, sent, wakes, probes };
}

test.each<[string, Partial<AgentState>, string[]]>([
  ['before anything is known', { known: false }, []],
  ['parked', { parked: true }, []],
  ['before the first sync', { syncs: 0, complete: false }, []],
  ['before the first sync, held back by the brake', { syncs: 0, heldBack: new Map([['x', 0]]) }, ['add 1']],
  ['a first sync may have been applied', { syncs: 0, syncsMaybeApplied: 1 }, ['add 1']],
  ['synced', {}, ['add 1']],
  ['a sync is owed', { needSync: true }, ['sync']],
  ['a sync is owed, not yet', { needSync: true, syncNotBeforeMs: 11 }, []],
  ['a sync is owed, now', { needSync: true, syncNotBeforeMs: 10 }, ['sync']],
  ['a sync is owed, without the inventory', { needSync: true, complete: false }, ['add 1']],
  ['a sync is owed, and the brake holds', { needSync: true, heldBack: new Map([['x', 0]]) }, ['add 1']],
  ['down', { connection: { ...DOWN, retryAtMs: 11 } }, []],
  ['down, time to try', { connection: { ...DOWN, retryAtMs: 10 } }, ['add 1']],
])('what is sent where a port is missing: %s', (_what, changes, sent) => {
  expect(pumped([missing(1)], changes).sent).toEqual(sent);
});

test('a sync begins an epoch, before its answer', () => {
  const entry = settledEntry(1);
  const { state, operations } = pumped([entry], { needSync: true, nextOperationId: 7 });
  expect(operations).toEqual([{ id: 7, sentAtMs: 10, kind: 'sync', epoch: 2 }]);
  expect(state).toMatchObject({ epoch: 2, syncsMaybeApplied: 1, nextOperationId: 8 });
  expect([...state.inFlight.keys()]).toEqual([7]);
  expect([...state.lanes.adds]).toEqual([entry]);
});

test('nothing is sent while a sync is under way, nor a sync while anything else is', () => {
  const sync = { id: 1, sentAtMs: 0, kind: 'sync', epoch: 2 } as const;
  expect(pumped([missing(1)], { inFlight: new Map([[1, sync]]) }).sent).toEqual([]);
  const busy = { id: 1, sentAtMs: 0, kind: 'delete', entry: settledEntry(9) } as const;
  expect(pumped([missing(1)], { inFlight: new Map([[1, busy]]), needSync: true }).sent).toEqual([]);
});

test('most urgent first: changes, adds, links, looks', () => {
  const { operations } = pumped(
    [
      settledEntry(1),
      settledEntry(2, { held: held(2, { enabled: false }) }),
      missing(3),
      settledEntry(4, { desired: undefined }),
    ],
    { session: { ...SESSION, replayed: true, verifying: true } },
  );
  expect(operations.map(({ kind }) => kind)).toEqual(['delete', 'add', 'enable', 'verify']);
});

test('an agent that is not known to be up gets one request at a time', () => {
  const entries = [missing(1, { urgent: true }), missing(2, { urgent: true }), missing(3, { urgent: true })];
  const copies = (): PortEntry[] => entries.map((entry) => ({ ...entry }));
  expect(pumped(copies(), { connection: { kind: 'unknown' } }).sent).toHaveLength(1);
  expect(pumped(copies(), { connection: { ...DOWN, retryAtMs: 0 } }).sent).toHaveLength(1);
  expect(pumped(copies(), {}, { concurrencyMax: 2 }).sent).toHaveLength(2);
  expect(pumped(copies()).sent).toHaveLength(3);
});

test('ports that are only repeated travel together; what is urgent, or was refused in an array, alone', () => {
  const { operations } = pumped(
    [missing(1), missing(2, { alone: true }), missing(3), missing(4), missing(5, { urgent: true })],
    {},
    { arrayLengthMax: 2 },
  );
  const adds = operations.flatMap((one) =>
    one.kind === 'add' ? [[one.array, ...one.items.map(({ entry }) => entry.id)]] : [],
  );
  const id = (number: number): string => samplePort(number).id;
  expect(adds).toEqual([
    [false, id(5)],
    [true, id(1), id(3)],
    [false, id(2)],
    [false, id(4)],
  ]);
});

test('an add says what was there before; until it is answered nothing is certain', () => {
  const entry = stale(1);
  const before = entry.held;
  const { operations, state } = pumped([entry], { epoch: 3 });
  expect(operations).toEqual([
    {
      id: 1,
      sentAtMs: 10,
      kind: 'add',
      items: [{ entry, port: entry.desired?.port, before }],
      array: false,
      epoch: 3,
    },
  ]);
  expect(entry).toMatchObject({ inFlight: 'add', held: { ...before, epoch: 0, enabled: undefined } });
  expect(state.lanes.adds.size).toBe(0);
});

test.each<[string, PortEntry, string, object]>([
  ['delete', settledEntry(1, { desired: undefined }), 'delete', held(1, { epoch: 0, enabled: undefined })],
  [
    'enable',
    settledEntry(1, { held: held(1, { enabled: false }) }),
    'enable',
    held(1, { enabled: undefined }),
  ],
  [
    'disable',
    settledEntry(1, { desired: { port: samplePort(1), enabled: false } }),
    'disable',
    held(1, { enabled: undefined }),
  ],
])('until it is answered a %s leaves nothing certain', (_what, entry, kind, after) => {
  const { operations, state } = pumped([entry]);
  expect(operations).toEqual([{ id: 1, sentAtMs: 10, kind, entry }]);
  expect(entry).toMatchObject({ inFlight: kind, held: after });
  expect(Object.values(state.lanes).every((lane) => !lane.has(entry))).toBe(true);
});

test('a look changes nothing of what is known', () => {
  const entry = settledEntry(1);
  const { sent } = pumped([entry], { session: { ...SESSION, replayed: true, verifying: true } });
  expect(sent).toEqual(['verify']);
  expect(entry.held).toEqual(held(1));
});

test('to a parked agent goes only what keeps its ports from a sweep, all together', () => {
  const entries = [stale(1), stale(2, { urgent: true }), missing(3), settledEntry(4, { desired: undefined })];
  const { operations } = pumped(entries, { parked: true, session: SESSION });
  const items = operations.flatMap((one) => (one.kind === 'add' ? one.items : []));
  expect(operations).toHaveLength(1);
  expect(items.map(({ entry }) => entry.id)).toEqual([samplePort(1).id, samplePort(2).id]);
});

test('a parked agent whose ports need nothing gets nothing, not even a look', () => {
  const { effects } = pumped([settledEntry(1)], { parked: true, session: SESSION }, {}, 20_000);
  expect(effects).toEqual([]);
});

test('an agent of which nothing was heard since a sync gets its ports before another sync', () => {
  const quiet = { needSync: true, connection: { ...DOWN, retryAtMs: 0 }, syncsMaybeApplied: 1 };
  expect(pumped([stale(1)], quiet).sent).toEqual(['add 1']);
  expect(pumped([settledEntry(1)], quiet).sent).toEqual(['sync']);
  expect(pumped([stale(1)], { ...quiet, syncsMaybeApplied: 0 }).sent).toEqual(['sync']);
  expect(pumped([stale(1)], { ...quiet, connection: UP }).sent).toEqual(['sync']);
});

test.each<[string, Partial<AgentState>, number, number]>([
  ['never tried', { connection: { kind: 'unknown' } }, 9_000, 0],
  ['idle for less than a heartbeat', {}, 4_999, 0],
  ['idle for a heartbeat', {}, 5_000, 1],
  ['idle, looked at already', { connection: { ...UP, probing: true } }, 9_000, 0],
  ['down, not yet', { connection: { ...DOWN, retryAtMs: 99_999 } }, 69, 0],
  ['down, now', { connection: { ...DOWN, retryAtMs: 99_999 } }, 70, 1],
  ['down, looked at already', { connection: { ...DOWN, retryAtMs: 99_999, probing: true } }, 90, 0],
])('an agent is looked at: %s', (_what, changes, nowMs, count) => {
  const { probes, state } = pumped([settledEntry(1)], changes, {}, nowMs);
  expect(probes).toBe(count);
  if (count > 0) expect(state.connection).toMatchObject({ probing: true });
});

test('one that is busy is not looked at; one that is down is, whatever is under way', () => {
  const busy = { id: 1, sentAtMs: 0, kind: 'delete', entry: settledEntry(9) } as const;
  const inFlight = () => new Map([[1, busy]]);
  expect(pumped([], { inFlight: inFlight() }, {}, 9_000).probes).toBe(0);
  expect(pumped([], { inFlight: inFlight(), connection: DOWN }, {}, 9_000).probes).toBe(1);
});

test.each<[string, PortEntry[], Partial<AgentState>, number[]]>([
  ['idle: the next heartbeat', [], {}, [5_000]],
  ['idle, looked at already', [], { connection: { ...UP, probing: true } }, []],
  ['never tried', [], { connection: { kind: 'unknown' } }, []],
  ['busy', [missing(1)], {}, []],
  ['down: the next try', [], { connection: DOWN }, [50]],
  ['down: the next look', [], { connection: { ...DOWN, retryAtMs: 90 } }, [70]],
  ['down, looked at already', [], { connection: { ...DOWN, retryAtMs: 90, probing: true } }, [90]],
  ['a port that waits', [missing(1, { notBeforeMs: 30 })], {}, [30]],
  ['a sync that waits', [], { needSync: true, syncNotBeforeMs: 40 }, [40]],
  ['half of a replay', [missing(1)], { session: SESSION }, [30_000]],
  ['the brake', [], { heldBack: new Map([['x', 10 - 300_000 + 1]]) }, [11]],
])('when to look again: %s', (_what, entries, changes, wakes) => {
  expect(pumped(entries, changes).wakes).toEqual(wakes);
});

test('an agent that accepts again, with nothing to try it with, is back', () => {
  const { state, sent } = pumped([settledEntry(1)], {
    connection: { ...DOWN, retryAtMs: 0, refusing: false },
  });
  expect(state.connection.kind).toBe('up');
  expect(sent).toEqual(['add 1']);
});
