import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { applyDesired, applyLedger, applySuspected } from './desired.ts';
import { uncertain } from './port-entry.ts';
import type { AgentState, Effect } from './state.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const NONE: ReadonlySet<string> = new Set();
const [A, B] = [samplePort(1), samplePort(2)];

function desire(state: AgentState, wanted: (typeof A)[], parked = false, enabled = true): Effect[] {
  const effects: Effect[] = [];
  const ports = new Map(wanted.map((port) => [port.id, { port, enabled }]));
  applyDesired(state, ports, parked, NONE, 0, effects);
  return effects;
}

test('what the ledger remembers is there, and nothing of it is confirmed', () => {
  const state = agentOf([]);
  applyLedger(state, [
    { portId: A.id, desired: { port: A, enabled: false }, held: { port: A, ambiguous: false } },
    { portId: B.id, desired: undefined, held: { port: B, ambiguous: true } },
  ]);
  expect([...state.ports.values()]).toMatchObject([
    { id: A.id, desired: { enabled: false }, held: uncertain(A) },
    { id: B.id, desired: undefined, held: { ...uncertain(B), ambiguous: true } },
  ]);
});

test('an inventory that says what is known saves nothing', () => {
  const state = agentOf([settledEntry(1)]);
  expect(desire(state, [A])).toEqual([]);
  expect(desire(state, [samplePort(1)])).toEqual([]);
});

test('a port that moves and is still wanted is leaving, until it is gone or wanted here again', () => {
  const other = samplePort(1, { 'ip-address': '10.9.9.9' });
  const state = agentOf([settledEntry(1, { desired: { port: other, enabled: true } })]);
  const entry = state.ports.get(A.id);
  const ports = new Map([[A.id, { port: other, enabled: true }]]);
  expect(state.lanes.changes.size).toBe(1);
  applyDesired(state, ports, false, new Set([A.id]), 0, []);
  expect([entry?.leaving, state.lanes.changes.size]).toEqual([true, 0]);
  applyDesired(state, ports, false, NONE, 0, []);
  expect([entry?.leaving, state.lanes.changes.size]).toEqual([false, 1]);
  applyDesired(state, ports, false, new Set([A.id]), 0, []);
  applyDesired(state, new Map(), false, new Set([A.id]), 0, []);
  expect([entry?.leaving, state.lanes.changes.size]).toEqual([false, 1]);
});

test('an inventory makes everything known and complete, even where it is empty', () => {
  const state = agentOf([], { complete: false, known: false });
  expect(desire(state, [])).toEqual([]);
  expect(state).toMatchObject({ complete: true, known: true, parked: false });
});

test.each([
  ['a new port', [A, B], true, B.id],
  ['another record', [samplePort(1, { 'display-name': 'x' })], true, A.id],
  ['another link state', [A], false, A.id],
  ['a port that is gone', [], true, A.id],
] as const)('one change is one entry, saved and urgent: %s', (_what, wanted, enabled, id) => {
  const state = agentOf([settledEntry(1)]);
  const effects: Effect[] = [];
  const ports = new Map([...wanted].map((port) => [port.id, { port, enabled }]));
  applyDesired(state, ports, false, NONE, 0, effects);
  expect(effects).toEqual([{ kind: 'save', entries: [state.ports.get(id)] }]);
  expect([...state.lanes.changes]).toEqual([state.ports.get(id)]);
});

test.each([
  [false, false, false],
  [false, true, false],
  [true, true, false],
  [true, false, true],
])('parked before: %o, now: %o; a sync is owed: %o', (before, parked, needSync) => {
  const state = agentOf([settledEntry(1)], { parked: before, linkStates: false });
  desire(state, [A], parked);
  expect(state).toMatchObject({ parked, needSync, linkStates: needSync });
});

test('after maintenance link states are tried again at once', () => {
  const entry = settledEntry(1);
  entry.held = { ...entry.held!, enabled: undefined };
  const state = agentOf([entry], { parked: true, linkStates: false });
  desire(state, [A]);
  expect([...state.lanes.links]).toEqual([entry]);
});

test('ports that only somebody else remembers are saved, and to be deleted; known ones are left alone', () => {
  const known = settledEntry(1);
  const state = agentOf([known]);
  const effects: Effect[] = [];
  applySuspected(state, [A, B], 0, effects);
  const entry = state.ports.get(B.id);
  expect(effects).toEqual([{ kind: 'save', entries: [entry] }]);
  expect(entry).toMatchObject({ id: B.id, desired: undefined, held: uncertain(B), urgent: true });
  expect([...state.lanes.changes]).toEqual([entry]);
  expect(known).toEqual(settledEntry(1));
});

test('suspicions that are all known already save nothing', () => {
  const effects: Effect[] = [];
  applySuspected(agentOf([settledEntry(1)]), [A], 0, effects);
  expect(effects).toEqual([]);
});
