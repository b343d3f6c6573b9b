import type { Outcome } from '@vrouter/agent-client';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import type { PortEntry } from './port-entry.ts';
import type { AgentState, SyncSession } from './state.ts';
import { applySyncOutcome, sessionWakeMs, sweepThreatens, watchSession } from './sync-session.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const SESSION: SyncSession = {
  epoch: 1,
  sentAtMs: 1_000,
  confirmedAtMs: 1_010,
  deadlineMs: 2_000,
  total: 10,
  replayed: false,
  verifying: false,
  extraSyncs: 0,
};
const SYNC = { sentAtMs: 1_000, epoch: 1 };
/** Deadline, a tenth of the time-out, and how long the answer took. */
const CHECK_AT_MS = 2_000 + 100 + 10;
const LIMITS = { staleTimeoutMs: 1_000, settleMs: 300, extraSyncsMax: 2 };
/** Its add counts no more: it is to be added again. */
const stale = (number: number, changes: Partial<PortEntry> = {}): PortEntry =>
  settledEntry(number, {
    held: { port: samplePort(number), epoch: 0, enabled: true, ambiguous: false },
    ...changes,
  });
const agent = (entries: readonly PortEntry[], changes: Partial<AgentState> = {}): AgentState =>
  agentOf(entries, changes, LIMITS);

test.each<[string, Outcome, object]>([
  [
    'refused: it was not applied',
    { kind: 'refused', status: 400, message: '' },
    { syncsMaybeApplied: 0, maybeSweptUntilMs: 0, syncUnsettledUntilMs: 0 },
  ],
  [
    'never sent: it was not applied',
    { kind: 'unavailable', reason: '', sent: false },
    { syncsMaybeApplied: 0, maybeSweptUntilMs: 0, syncUnsettledUntilMs: 0 },
  ],
  [
    'cut: it may have been, and may sweep',
    { kind: 'unavailable', reason: '', sent: true },
    { syncsMaybeApplied: 1, maybeSweptUntilMs: 1_500, syncUnsettledUntilMs: 0 },
  ],
  [
    'timed out: it may still be',
    { kind: 'unavailable', reason: '', sent: true, late: true },
    { syncsMaybeApplied: 1, maybeSweptUntilMs: 1_800, syncUnsettledUntilMs: 800 },
  ],
])('a sync that was %s', (_what, outcome, after) => {
  const state = agent([], { needSync: true, syncsMaybeApplied: 1, syncAttempts: 2 });
  applySyncOutcome(state, { sentAtMs: 400, epoch: 1 }, outcome, 700, 500);
  expect(state).toMatchObject({ ...after, needSync: true, syncs: 1, syncAttempts: 3, syncNotBeforeMs: 700 });
  expect(state.session).toBeUndefined();
});

test('a sync that is done begins a session; all that counts no more is to be added, none of it urgent', () => {
  const entry = stale(1, { urgent: true });
  const state = agent([entry], { needSync: true, syncsMaybeApplied: 2, syncAttempts: 2, epoch: 4 });
  applySyncOutcome(state, SYNC, { kind: 'done' }, 0, 1_010);
  expect(state).toMatchObject({ needSync: false, syncs: 2, syncAttempts: 0, syncsMaybeApplied: 0 });
  expect(state.session).toEqual({ ...SESSION, epoch: 4, total: 1 });
  expect([...state.lanes.adds]).toEqual([entry]);
});

test.each([
  [false, 2],
  [true, 0],
])('extra syncs are counted within one replay only; replayed: %o', (replayed, extraSyncs) => {
  const state = agent([], { session: { ...SESSION, replayed, extraSyncs: 2 } });
  applySyncOutcome(state, SYNC, { kind: 'done' }, 0, 1_010);
  expect(state.session?.extraSyncs).toBe(extraSyncs);
});

test.each<[string, PortEntry, boolean]>([
  ['to be added again', stale(1), true],
  ['to be added again, first of all', stale(1, { urgent: true }), true],
  ['to be added again, later', stale(1, { notBeforeMs: 5_000 }), true],
  ['never held', stale(1, { held: undefined }), false],
  ['refused', stale(1, { refused: true }), false],
  ['to be deleted', stale(1, { desired: undefined }), false],
  ['added since', settledEntry(1), false],
])('a sweep threatens a port that is %s', (_what, entry, threatens) => {
  const state = agent([entry], { session: SESSION });
  expect(sweepThreatens(state, 1_999)).toBe(threatens);
  expect(sweepThreatens(state, 2_000)).toBe(false);
});

test('a sync of which nothing was heard threatens, too, as long as it may sweep', () => {
  const state = agent([stale(1)], { maybeSweptUntilMs: 500 });
  expect([sweepThreatens(state, 499), sweepThreatens(state, 500)]).toEqual([true, false]);
  const both = agent([stale(1)], { maybeSweptUntilMs: 500, session: SESSION });
  expect(sweepThreatens(both, 500)).toBe(true);
});

test.each<[string, PortEntry[], boolean]>([
  ['nothing waits', [settledEntry(1)], true],
  ['an add waits', [stale(1)], false],
  ['an urgent add waits', [stale(1, { urgent: true })], false],
  ['only a delete waits', [settledEntry(1, { desired: undefined })], true],
])('a replay is over when no add is left: %s', (_what, entries, replayed) => {
  const state = agent(entries, { session: { ...SESSION } });
  watchSession(state, 1_020);
  expect(state.session?.replayed).toBe(replayed);
});

test('a replay is not over while an add is under way', () => {
  const state = agent([], { session: { ...SESSION } });
  state.inFlight.set(1, { id: 1, sentAtMs: 0, kind: 'add', items: [], array: false, epoch: 1 });
  watchSession(state, 1_020);
  expect(state.session?.replayed).toBe(false);
  state.inFlight.clear();
  watchSession(state, 1_020);
  expect(state.session?.replayed).toBe(true);
});

/** A replay of ten ports of which `left` are left. */
const replaying = (left: number, session: Partial<SyncSession> = {}): AgentState =>
  agent(
    Array.from({ length: left }, (_none, index) => stale(index + 1, { urgent: index === 0 })),
    { session: { ...SESSION, ...session } },
  );

// Looked at half-way, at 1500: 490 ms since the answer. It should be over by 1800.
test.each<[string, AgentState, number, boolean]>([
  ['before it is looked at', replaying(9), 1_499, false],
  ['nothing done', replaying(10), 1_500, true],
  ['more left than it had', replaying(11), 1_500, true],
  ['too little done: it would end at 1827', replaying(4), 1_500, true],
  ['enough done: it will end at 1710', replaying(3), 1_500, false],
  ['begun again as often as may be', replaying(10, { extraSyncs: 2 }), 1_500, false],
  ['begun again once', replaying(10, { extraSyncs: 1 }), 1_500, true],
])('a replay that is too slow is begun again: %s', (_what, state, nowMs, again) => {
  const before = state.session?.extraSyncs ?? 0;
  watchSession(state, nowMs);
  expect(state.needSync).toBe(again);
  expect(state.session?.extraSyncs).toBe(again ? before + 1 : before);
});

test.each([
  ['takes until 1800 at this pace: soon enough', 1_200, false],
  ['takes until 1801: too late', 1_199, true],
])('the half that is left of a replay %s', (_what, confirmedAtMs, again) => {
  const state = replaying(5, { confirmedAtMs });
  watchSession(state, 1_500);
  expect(state.needSync).toBe(again);
});

test('a little after the deadline all that was added is to be looked at', () => {
  const entry = settledEntry(1);
  const state = agent([entry], { session: { ...SESSION, replayed: true } });
  watchSession(state, CHECK_AT_MS - 1);
  expect([state.session?.verifying, state.lanes.checks.size]).toEqual([false, 0]);
  watchSession(state, CHECK_AT_MS);
  expect([state.session?.verifying, [...state.lanes.checks]]).toEqual([true, [entry]]);
});

test('nothing is looked at before all was added, nor where a sync is owed', () => {
  const slow = agent([stale(1)], { session: { ...SESSION, extraSyncs: 2 } });
  watchSession(slow, CHECK_AT_MS);
  expect(slow.session?.verifying).toBe(false);
  const owed = agent([settledEntry(1)], { session: { ...SESSION, replayed: true }, needSync: true });
  watchSession(owed, CHECK_AT_MS);
  expect(owed.session?.verifying).toBe(false);
});

test('a look that began is not begun again', () => {
  const entry = settledEntry(1);
  const state = agent([entry], { session: { ...SESSION, replayed: true, verifying: true } });
  state.lanes.checks.clear();
  watchSession(state, CHECK_AT_MS);
  expect(state.lanes.checks.size).toBe(0);
});

test('the look is a second after the deadline where the time-out is long', () => {
  const state = agentOf(
    [],
    { session: { ...SESSION, replayed: true, deadlineMs: 61_000 } },
    { staleTimeoutMs: 60_000 },
  );
  expect(sessionWakeMs(state, 61_000)).toBe(62_010);
});

test('the next moment of a session: half-way, then the look, then none', () => {
  const state = agent([], { session: SESSION });
  expect([1_010, 1_499, 1_500, CHECK_AT_MS - 1, CHECK_AT_MS].map((at) => sessionWakeMs(state, at))).toEqual([
    1_500,
    1_500,
    CHECK_AT_MS,
    CHECK_AT_MS,
    Infinity,
  ]);
  expect(sessionWakeMs(agent([]), 0)).toBe(Infinity);
  expect(sessionWakeMs(agent([], { syncUnsettledUntilMs: 70 }), 0)).toBe(70);
});

test.each<[string, Partial<AgentState>, number, boolean]>([
  ['none may', {}, 800, false],
  ['it may still', { syncUnsettledUntilMs: 800 }, 799, false],
  ['it cannot any more', { syncUnsettledUntilMs: 800 }, 800, true],
  ['a sync comes anyway', { syncUnsettledUntilMs: 800, needSync: true }, 800, false],
])(
  'a sync that timed out may have arrived after adds of ours, so all are added again: %s',
  (_w, c, at, again) => {
    const state = agent([settledEntry(1)], c);
    watchSession(state, at);
    expect(state.lanes.adds.size).toBe(again ? 1 : 0);
    expect(state.epoch).toBe(again ? 2 : 1);
    expect(state.syncUnsettledUntilMs).toBe(again ? 0 : (c.syncUnsettledUntilMs ?? 0));
  },
);
