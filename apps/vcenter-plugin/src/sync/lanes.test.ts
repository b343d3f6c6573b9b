import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { file, fileAll, fileDue, nextDueMs, takeOut } from './lanes.ts';
import { newEntry, type PortEntry } from './port-entry.ts';
import type { AgentState, SyncSession } from './state.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const NOW_MS = 100;
const port = samplePort(1);
const moved = samplePort(1, { 'ip-address': '10.9.9.9' });
const HELD = { port, epoch: 1, enabled: true, ambiguous: false };
const SESSION: SyncSession = {
  epoch: 2,
  sentAtMs: 0,
  confirmedAtMs: 0,
  deadlineMs: 50,
  total: 1,
  replayed: true,
  verifying: true,
  extraSyncs: 0,
};

/** The lanes in which `entry` is. */
function lanesOf(state: AgentState, entry: PortEntry): string[] {
  return Object.entries(state.lanes)
    .filter(([, lane]) => lane.has(entry))
    .map(([name]) => name);
}

test.each<[string, Partial<PortEntry>, string[]]>([
  ['under way', { held: undefined, inFlight: 'add' }, []],
  ['as desired', {}, []],
  ['to be added', { held: undefined }, ['adds']],
  ['to be added, since it changed', { held: undefined, urgent: true }, ['changes']],
  ['to be deleted', { desired: undefined }, ['changes']],
  ['to be enabled', { held: { ...HELD, enabled: false } }, ['links']],
  ['to be enabled, since it changed', { held: { ...HELD, enabled: false }, urgent: true }, ['changes']],
  ['not before a later moment', { held: undefined, notBeforeMs: 101 }, ['later']],
  ['not before this moment', { held: undefined, notBeforeMs: 100 }, ['adds']],
  ['to be repeated later', { repeatAtMs: 101 }, ['later']],
  ['to be added, and repeated later', { held: undefined, repeatAtMs: 101 }, ['adds']],
])('a port that is %s', (_what, changes, lanes) => {
  const entry = settledEntry(1, changes);
  const state = agentOf([entry]);
  file(state, entry, NOW_MS);
  expect(lanesOf(state, entry)).toEqual(lanes);
});

test('what waits tells until when; due is what has come by then', () => {
  const [retry, repeat] = [
    settledEntry(1, { held: undefined, notBeforeMs: 150 }),
    settledEntry(2, { repeatAtMs: 130 }),
  ];
  const state = agentOf([retry, repeat]);
  expect(nextDueMs(state)).toBe(130);
  fileDue(state, 129);
  expect(state.lanes.later.size).toBe(2);
  fileDue(state, 130);
  expect([lanesOf(state, retry), lanesOf(state, repeat)]).toEqual([['later'], ['adds']]);
  expect(nextDueMs(state)).toBe(150);
  fileDue(state, 200);
  expect(nextDueMs(state)).toBe(Infinity);
});

test('a repeat that is due takes back what was confirmed: another record may have come since', () => {
  const entry = settledEntry(1, { repeatAtMs: 100, lateAdds: [moved] });
  const state = agentOf([entry]);
  file(state, entry, NOW_MS);
  expect(entry).toMatchObject({
    held: { port, epoch: 0, enabled: undefined, ambiguous: true },
    repeatAtMs: 0,
    lateAdds: [],
  });
  expect(lanesOf(state, entry)).toEqual(['changes']);
});

test('a repeat does not forget an add that timed out after what it is for, and may still arrive', () => {
  const entry = settledEntry(1, { repeatAtMs: 100, unsettledUntilMs: 150, lateAdds: [port] });
  file(agentOf([entry]), entry, NOW_MS);
  expect(entry).toMatchObject({ held: { ambiguous: false }, repeatAtMs: 0, lateAdds: [port] });
  Object.assign(entry, { desired: { port: moved, enabled: true }, held: { ...HELD, port: moved } });
  file(agentOf([entry]), Object.assign(entry, { repeatAtMs: 150 }), 150);
  expect(entry).toMatchObject({ held: { port: moved, ambiguous: true }, repeatAtMs: 0, lateAdds: [] });
});

test('a repeat where nothing can be held any more leaves nothing', () => {
  const entry = { ...newEntry(port.id), repeatAtMs: 100 };
  const state = agentOf([entry]);
  file(state, entry, NOW_MS);
  expect([entry.held, state.ports.size]).toEqual([undefined, 0]);
});

test('a port that is gone on both sides is forgotten, unless something is under way or to be repeated', () => {
  const gone = newEntry('gone');
  const late = { ...newEntry('late'), repeatAtMs: 500 };
  const busy: PortEntry = { ...newEntry('busy'), inFlight: 'delete' };
  const state = agentOf([gone, late, busy]);
  expect([...state.ports.keys()]).toEqual(['late', 'busy']);
  expect([...state.lanes.later]).toEqual([late]);
});

test('a port that is settled is not urgent any more', () => {
  const entry = settledEntry(1, { urgent: true });
  agentOf([entry]);
  expect(entry.urgent).toBe(false);
});

test.each<[string, Partial<SyncSession> | undefined, number, string[]]>([
  ['no sync', undefined, 0, []],
  ['its time is not over', { verifying: false }, 0, []],
  ['not looked at', {}, 1, ['checks']],
  ['looked at since', {}, 2, []],
])('after a sync a port that is as desired: %s', (_what, session, verifiedEpoch, lanes) => {
  const entry = settledEntry(1, { verifiedEpoch });
  const state = agentOf([entry], { session: session && { ...SESSION, ...session } });
  expect(lanesOf(state, entry)).toEqual(lanes);
});

test('what is not desired is not looked at', () => {
  const entry = settledEntry(1, { desired: undefined, held: undefined, repeatAtMs: 0, inFlight: 'delete' });
  const state = agentOf([entry], { session: SESSION });
  entry.inFlight = undefined;
  entry.notBeforeMs = 0;
  file(state, entry, NOW_MS);
  expect(lanesOf(state, entry)).toEqual([]);
});

test('of ports that wait, those go first that were confirmed longest ago, and never first of all', () => {
  const at = (number: number, epoch: number) => settledEntry(number, { held: { ...HELD, epoch } });
  const [b, a, never] = [at(1, 2), at(2, 1), settledEntry(3, { held: undefined })];
  b.held = { ...b.held!, port: b.desired!.port };
  a.held = { ...a.held!, port: a.desired!.port };
  const state = agentOf([b, a, never], { epoch: 3 });
  fileAll(state, 0);
  expect([...state.lanes.adds]).toEqual([never, a, b]);
});

test('an entry that is taken out is nowhere', () => {
  const entry = settledEntry(1, { held: undefined });
  const state = agentOf([entry]);
  for (const lane of Object.values(state.lanes)) lane.add(entry);
  takeOut(state, entry);
  expect(lanesOf(state, entry)).toEqual([]);
});
