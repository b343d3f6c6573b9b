import { expect, test } from 'vitest';
import { brakeWakeMs, releaseBrake, releaseDue, removals } from './brake.ts';
import type { AgentState, Effect } from './state.ts';
import { agentOf, settledEntry } from './testing/agent-of.ts';

const HOLD_MS = 100;
const NONE: ReadonlySet<string> = new Set();

/** An agent with ports 1 to `count`; more than two that are more than half of them are held back. */
function agent(count: number, changes: Partial<AgentState> = {}): AgentState {
  const entries = Array.from({ length: count }, (_none, index) => settledEntry(index + 1));
  return agentOf(entries, changes, { brake: { count: 2, share: 0.5, holdMs: HOLD_MS } });
}
const idsOf = (state: AgentState): string[] => [...state.ports.keys()];
/** What is left when the first `count` are missing. */
function without(state: AgentState, count: number) {
  const left = [...state.ports.values()].slice(count);
  return new Map(left.flatMap(({ id, desired }) => (desired === undefined ? [] : [[id, desired] as const])));
}

test.each([
  ['as few as the count, though all', 2, 2, 2],
  ['one more than the count, and more than the share', 3, 3, 0],
  ['as much as the share, though many', 8, 4, 4],
  ['one more than the share', 8, 5, 0],
  ['more than the count, and less than the share', 10, 3, 3],
])('ports that vanish at once: %s', (_what, count, missing, gone) => {
  const state = agent(count);
  const removed = removals(state, without(state, missing), NONE, 7);
  expect(removed.map(({ id }) => id)).toEqual(idsOf(state).slice(0, gone));
  expect([...state.heldBack]).toEqual(
    idsOf(state)
      .slice(0, missing - gone)
      .map((id) => [id, 7]),
  );
});

test('the share is one of what is desired: what is being deleted anyway counts for nothing', () => {
  const state = agent(8);
  for (const entry of [...state.ports.values()].slice(4)) entry.desired = undefined;
  expect(removals(state, without(state, 3), NONE, 0)).toEqual([]);
  expect(state.heldBack.size).toBe(3);
});

test('what moved to other agents goes at once, whatever is held back', () => {
  const state = agent(6);
  const [first = ''] = idsOf(state);
  const removed = removals(state, without(state, 5), new Set([first]), 0);
  expect(removed.map(({ id }) => id)).toEqual([first]);
  expect(state.heldBack.has(first)).toBe(false);
  expect(state.heldBack.size).toBe(4);
});

test('each port has been missing since it was first missed; what is back is held no longer', () => {
  const state = agent(6);
  const [first = '', second = ''] = idsOf(state);
  removals(state, without(state, 4), NONE, 10);
  const desired = without(state, 5);
  desired.set(first, state.ports.get(first)!.desired!);
  removals(state, desired, NONE, 20);
  expect([...state.heldBack.values()]).toEqual([10, 10, 10, 20]);
  expect([...state.heldBack.keys()]).not.toContain(first);
  expect([...state.heldBack.keys()]).toContain(second);
});

test('when few are missing nothing is held back any more', () => {
  const state = agent(6);
  removals(state, without(state, 4), NONE, 10);
  expect(removals(state, without(state, 1), NONE, 20).map(({ id }) => id)).toEqual(idsOf(state).slice(0, 1));
  expect(state.heldBack.size).toBe(0);
});

test('what comes while many are missing does not make them few', () => {
  const state = agent(5);
  expect(removals(state, without(state, 3), NONE, 10)).toEqual([]);
  for (const number of [6, 7, 8]) {
    const entry = settledEntry(number);
    state.ports.set(entry.id, entry);
  }
  expect(removals(state, without(state, 3), NONE, 20)).toEqual([]);
  expect(state.heldBack.size).toBe(3);
  state.heldBack.clear();
  expect(removals(state, without(state, 3), NONE, 30)).toHaveLength(3);
});

test('what moves away while many are missing makes them more', () => {
  const state = agent(8);
  expect(removals(state, without(state, 5), NONE, 10)).toEqual([]);
  for (const id of idsOf(state).slice(5)) state.ports.delete(id);
  state.ports.delete(idsOf(state)[0] ?? '');
  expect(removals(state, new Map(), NONE, 20)).toEqual([]);
  expect([state.heldBack.size, state.heldBackOf]).toEqual([4, 4]);
});

test('each is let go when its own time is over, and saved before it is deleted', () => {
  const state = agent(3);
  const [first = '', second = ''] = idsOf(state);
  state.heldBack.set(first, 10).set(second, 20);
  expect(brakeWakeMs(state)).toBe(110);
  const effects: Effect[] = [];
  releaseDue(state, 109, effects);
  expect(effects).toEqual([]);
  releaseDue(state, 110, effects);
  expect(effects).toEqual([{ kind: 'save', entries: [state.ports.get(first)] }]);
  expect(state.ports.get(first)?.desired).toBeUndefined();
  expect([...state.lanes.changes]).toEqual([state.ports.get(first)]);
  expect([...state.heldBack]).toEqual([[second, 20]]);
  expect(brakeWakeMs(state)).toBe(120);
});

test('nobody lets go while the inventory cannot be read', () => {
  const state = agent(3, { complete: false });
  state.heldBack.set(idsOf(state)[0] ?? '', 10);
  const effects: Effect[] = [];
  releaseDue(state, 1_000, effects);
  expect(effects).toEqual([]);
  expect(state.heldBack.size).toBe(1);
});

test('an operator lets all go at once; where nothing is held back nothing happens', () => {
  const state = agent(3);
  const effects: Effect[] = [];
  releaseBrake(state, 0, effects);
  expect(effects).toEqual([]);
  expect(brakeWakeMs(state)).toBe(Infinity);
  for (const id of idsOf(state)) state.heldBack.set(id, 10);
  releaseBrake(state, 11, effects);
  expect(effects).toEqual([{ kind: 'save', entries: [...state.ports.values()] }]);
  expect(state.heldBack.size).toBe(0);
});
