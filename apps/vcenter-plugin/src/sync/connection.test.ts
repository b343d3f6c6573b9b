import { expect, test } from 'vitest';
import { addAllAgain, answered, applyProbe, recoveredIdle, unreachable } from './connection.ts';
import type { SyncLimits } from './limits.ts';
import type { AgentState, Connection, SyncSession } from './state.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const DOWN: Connection & { kind: 'down' } = {
  kind: 'down',
  sinceMs: 100,
  unheard: { sinceMs: 100, failures: 2 },
  retryAtMs: 900,
  probeAtMs: 500,
  probing: false,
  refusing: true,
};
const UP: Connection = { kind: 'up', lastAnswerMs: 0, probing: false };
const SESSION: SyncSession = {
  epoch: 1,
  sentAtMs: 0,
  confirmedAtMs: 1,
  deadlineMs: 1_000,
  total: 1,
  replayed: true,
  verifying: false,
  extraSyncs: 0,
};

function agent(connection: Connection, changes: Partial<AgentState> = {}, limits: Partial<SyncLimits> = {}) {
  return agentOf([settledEntry(1)], { connection, ...changes }, { probeMs: 10, retryMsMin: 100, ...limits });
}

test.each<[Connection, boolean]>([
  [{ kind: 'unknown' }, false],
  [UP, false],
  [{ ...UP, probing: true }, true],
  [{ ...DOWN, probing: true }, false],
])('after an answer the agent is up, and a look under way stays under way: %o', (before, probing) => {
  const state = agent(before);
  answered(state, 0, 7);
  expect(state.connection).toEqual({ kind: 'up', lastAnswerMs: 7, probing });
});

test.each<[string, Connection, number, number]>([
  ['the first answer', { kind: 'unknown' }, 0, 1],
  ['one of many answers', UP, 0, 1],
  ['an answer to what was sent before the failure', DOWN, 99, 1],
  ['an answer to what was sent at the failure', DOWN, 100, 2],
  ['an answer to what was sent after it', DOWN, 101, 2],
])(
  'only the end of an outage makes what was added before count no more: %s',
  (_what, before, sentAtMs, epoch) => {
    const state = agent(before);
    answered(state, sentAtMs, 200);
    expect(state.epoch).toBe(epoch);
    expect(state.lanes.adds.size).toBe(epoch - 1);
  },
);

test('the first failure begins an outage: first retry and first look are told', () => {
  const state = agent(UP);
  unreachable(state, 0, false, 0, 100);
  expect(state.connection).toEqual({
    kind: 'down',
    sinceMs: 100,
    unheard: { sinceMs: 100, failures: 1 },
    retryAtMs: 150,
    probeAtMs: 110,
    probing: false,
    refusing: false,
  });
});

test.each([
  ['sent before the outage is no news', 99, DOWN],
  [
    'sent at its beginning is another failure',
    100,
    { ...DOWN, unheard: { sinceMs: 100, failures: 3 }, retryAtMs: 400, probeAtMs: 210, refusing: false },
  ],
])('in an outage a failure of what was %s', (_what, sentAtMs, after) => {
  const state = agent({ ...DOWN });
  unreachable(state, sentAtMs, false, 0, 200);
  expect(state.connection).toEqual(after);
});

test('a look that succeeds is as good as an answer; one that fails begins an outage', () => {
  const state = agent({ ...UP, probing: true });
  applyProbe(state, true, 0, 30);
  expect(state.connection).toEqual({ kind: 'up', lastAnswerMs: 30, probing: false });
  expect(state.lastError).toBeUndefined();
  applyProbe(state, false, 0, 40);
  expect(state.connection).toMatchObject({
    kind: 'down',
    sinceMs: 40,
    unheard: { sinceMs: 40, failures: 1 },
    refusing: true,
  });
  expect(state.lastError).toBe('the agent accepts no connections');
});

test.each<[string, boolean, boolean, object]>([
  ['accepts again: the next request goes at once', true, true, { retryAtMs: 300, refusing: false }],
  ['accepts as before: no news', false, true, { retryAtMs: 900, refusing: false }],
  ['still refuses', true, false, { retryAtMs: 900, refusing: true }],
  ['refuses now', false, false, { retryAtMs: 900, refusing: true }],
])('in an outage a look at an agent that %s', (_what, refusing, accepts, after) => {
  const state = agent({ ...DOWN, probing: true, refusing });
  applyProbe(state, accepts, 0, 300);
  expect(state.connection).toEqual({ ...DOWN, probing: false, probeAtMs: 310, ...after });
});

test('a look that ends when no connection was ever tried says nothing', () => {
  const state = agent({ kind: 'unknown' });
  applyProbe(state, true, 0, 5);
  expect(state.connection).toEqual({ kind: 'unknown' });
});

test.each<[string, Connection, boolean]>([
  ['is up', UP, false],
  ['refuses', DOWN, false],
  ['accepts again', { ...DOWN, refusing: false }, true],
])('an idle agent that %s', (_what, connection, back) => {
  const state = agent(connection);
  expect(recoveredIdle(state, 700)).toBe(back);
  expect(state.connection).toEqual(
    back
      ? {
          kind: 'up',
          lastAnswerMs: 700,
          probing: false,
          unheard: DOWN.unheard,
        }
      : connection,
  );
  expect(state.epoch).toBe(back ? 2 : 1);
});

test.each<[string, Partial<AgentState>, SyncLimits['reconnect'], { needSync: boolean; epoch: number }]>([
  ['re-add: all again', {}, 're-add', { needSync: false, epoch: 2 }],
  ['retry-only: nothing', {}, 'retry-only', { needSync: false, epoch: 1 }],
  ['resync: a sync, which adds all', {}, 'resync', { needSync: true, epoch: 1 }],
  [
    'the outage began before the sweep',
    { session: { ...SESSION, deadlineMs: 101 } },
    're-add',
    { needSync: true, epoch: 1 },
  ],
  [
    'the outage began with the sweep',
    { session: { ...SESSION, deadlineMs: 100 } },
    're-add',
    { needSync: false, epoch: 2 },
  ],
  [
    'a replay was interrupted, though its deadline is past',
    { session: { ...SESSION, deadlineMs: 50, replayed: false } },
    'retry-only',
    { needSync: true, epoch: 1 },
  ],
  [
    'a sync is owed and cannot come: all again meanwhile',
    { needSync: true, complete: false },
    're-add',
    { needSync: true, epoch: 2 },
  ],
  [
    'a sync is owed, to a parked agent',
    { needSync: true, complete: false, parked: true },
    're-add',
    { needSync: true, epoch: 1 },
  ],
])('after an outage: %s', (_what, changes, reconnect, after) => {
  const state = agent(DOWN, changes, { reconnect });
  answered(state, 150, 200);
  expect(state).toMatchObject(after);
});

test('after an outage an agent without link states may have them, and their ports are filed at once', () => {
  const entry = settledEntry(1);
  entry.held = { ...entry.held!, enabled: undefined };
  const state = agentOf([entry], { connection: DOWN, linkStates: false }, { reconnect: 'retry-only' });
  expect(state.lanes.links.size).toBe(0);
  answered(state, 150, 200);
  expect(state.linkStates).toBe(true);
  expect([...state.lanes.links]).toEqual([entry]);
});

test('of all that is added again, what waited already and what is under way go first', () => {
  const [calm, waiting, busy] = [
    settledEntry(1, { urgent: true }),
    settledEntry(2, { held: undefined }),
    settledEntry(3, { inFlight: 'add' }),
  ];
  const state = agentOf([calm, waiting, busy]);
  addAllAgain(state, 0);
  expect([calm, waiting, busy].map(({ urgent }) => urgent)).toEqual([false, true, true]);
  expect([...state.lanes.adds]).toEqual([calm]);
  expect([...state.lanes.changes]).toEqual([waiting]);
});

test('an agent that accepts connections and is not heard is tried less and less often all the same', () => {
  const state = agent({ ...DOWN, refusing: false });
  expect(recoveredIdle(state, 1000)).toBe(true);
  unreachable(state, 1000, false, 0, 6000);
  expect(state.connection).toMatchObject({
    kind: 'down',
    sinceMs: 6000,
    unheard: { sinceMs: 100, failures: 3 },
    retryAtMs: 6200,
  });
  answered(state, 6200, 6300);
  unreachable(state, 7000, false, 0, 7000);
  expect(state.connection).toMatchObject({ unheard: { sinceMs: 7000, failures: 1 } });
});

test('what timed out before it accepted connections again may arrive after it is heard', () => {
  const state = agent({ ...DOWN, refusing: false });
  const [entry] = state.ports.values();
  if (entry === undefined) throw new Error('there is no port');
  entry.unsettledUntilMs = 150;
  recoveredIdle(state, 1000);
  answered(state, 20_000, 20_001);
  expect(entry.unsettledUntilMs).toBe(20_001 + state.limits.settleMs);
});
