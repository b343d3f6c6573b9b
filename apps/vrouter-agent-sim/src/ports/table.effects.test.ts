import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { update } from './add-rule.ts';
import type { Command } from './model.ts';
import type { Effect, Input, Rules } from './protocol.ts';
import type { State } from './state.ts';
import { begin, step } from './table.ts';

const RULES: Rules = {
  add: update,
  generationsTold: Infinity,
  staleTimeoutMs: 60,
  batchCommandsMax: 10,
  queueLengthMax: 2,
  deadlinesMax: 2,
  sweepSliceMax: 1,
  sweepRetryMs: 5,
};
const [A, B] = [samplePort(1), samplePort(2)];
const OK = { ok: true };

/** Says what `step` asks for, exactly, one input after another. */
function table(pending: readonly number[] = []): {
  state: State;
  first: readonly Effect[];
  at(nowMs: number, input: Input): readonly Effect[];
} {
  const saved = {
    ports: [A, B].map((port) => ({ port, linkState: 0 as const, generation: 0 })),
    generation: 2,
    pending,
  };
  const [state, first] = begin(RULES, saved, 0);
  return { state, first, at: (nowMs, input) => step(state, input, nowMs)[1] };
}
const commands = (...all: Command[]): Input => ({
  kind: 'commands',
  arrived: all.map((command, index) => ({ request: index + 1, command })),
});
const persisted = (batch: number): Input => ({ kind: 'persisted', batch });

test('with nothing pending there is nothing to do', () => {
  const { first, at } = table();
  expect(first).toEqual([]);
  expect(at(1, { kind: 'tick' })).toEqual([]);
  expect(at(1, commands())).toEqual([]);
});

test('what needs no saving is answered at once', () => {
  const { at } = table();
  expect(at(0, commands({ kind: 'disable', id: A.id }, { kind: 'enable', id: 'x' }))).toEqual([
    { kind: 'reply', request: 1, outcome: OK },
    { kind: 'reply', request: 2, outcome: { ok: false, code: 'PORT_NOT_FOUND', detail: 'x' } },
  ]);
});

test('what is refused says why', () => {
  const { at } = table();
  const nova = samplePort(3, { type: 0 });
  at(0, commands({ kind: 'add', ports: [nova] }));
  at(0, persisted(1));
  expect(at(0, commands({ kind: 'enable', id: nova.id }))).toEqual([
    { kind: 'reply', request: 1, outcome: { ok: false, code: 'INCORRECT_PORT_TYPE', detail: nova.id } },
  ]);
});

test('a batch is saved under the next number, and answered when that one is', () => {
  const { at } = table();
  const enable = (id: string): Input => commands({ kind: 'enable', id });
  const saved = (port: typeof A) => [{ kind: 'save', port, linkState: 1 }];
  expect(at(0, enable(A.id))).toEqual([{ kind: 'persist', batch: 1, changes: saved(A) }]);
  expect(at(0, enable(B.id))).toEqual([]);
  expect(at(0, persisted(1))).toEqual([
    { kind: 'reply', request: 1, outcome: OK },
    { kind: 'persist', batch: 2, changes: saved(B) },
  ]);
  expect(() => at(0, persisted(1))).toThrow('batch 1 ended, but 2 is in flight');
});

test('a queue that is full refuses with a number', () => {
  const { at } = table();
  at(0, commands({ kind: 'delete', id: 'x' }));
  at(0, commands({ kind: 'delete', id: 'x' }, { kind: 'sweep' }));
  expect(at(0, commands({ kind: 'delete', id: 'x' }))).toEqual([
    { kind: 'reply', request: 1, outcome: { ok: false, code: 'OVERLOADED', detail: '2 wait already' } },
  ]);
});

test('with as many syncs pending as may be, another is refused with a number, and anything else goes on', () => {
  const { at } = table([1, 2]);
  expect(at(0, commands({ kind: 'sync' }, { kind: 'disable', id: A.id }))).toEqual([
    {
      kind: 'reply',
      request: 1,
      outcome: { ok: false, code: 'OVERLOADED', detail: '2 syncs await their sweep' },
    },
    { kind: 'reply', request: 2, outcome: OK },
  ]);
});

test('a sync arrives, and its deadline counts from then; whoever sends ticks is told the earliest', () => {
  const { at, state } = table();
  expect(at(100, commands({ kind: 'sync' }))).toEqual([
    { kind: 'persist', batch: 1, changes: [{ kind: 'generations', generation: 3, pending: [3] }] },
  ]);
  expect(at(110, persisted(1))).toEqual([
    { kind: 'reply', request: 1, outcome: OK },
    { kind: 'wake', atMs: 160 },
  ]);
  at(120, commands({ kind: 'sync' }));
  expect(at(125, persisted(2))).toEqual([{ kind: 'reply', request: 1, outcome: OK }]);
  expect(state.table.deadlines).toEqual([
    { generation: 3, atMs: 160 },
    { generation: 4, atMs: 180 },
  ]);
});

test('deadlines left from before are told at the start, in full', () => {
  const { first, state } = table([1, 2]);
  expect(first).toEqual([{ kind: 'wake', atMs: 60 }]);
  expect(state.table.deadlines).toEqual([
    { generation: 1, atMs: 60 },
    { generation: 2, atMs: 60 },
  ]);
  expect([...state.table.ports.keys()]).toEqual([A.id, B.id]);
});

test('a sweep goes slice by slice, then says how many it took, of which generation', () => {
  const { at } = table([2]);
  expect(at(60, { kind: 'tick' })).toEqual([
    { kind: 'persist', batch: 1, changes: [{ kind: 'remove', id: A.id }] },
  ]);
  const last = [
    { kind: 'remove', id: B.id },
    { kind: 'generations', generation: 2, pending: [] },
  ];
  expect(at(61, persisted(1))).toEqual([{ kind: 'persist', batch: 2, changes: last }]);
  expect(at(62, persisted(2))).toEqual([{ kind: 'swept', generation: 2, count: 2 }]);
});

test('a sweep that was asked for is answered, and its generation is that of the moment', () => {
  const { at } = table();
  at(0, commands({ kind: 'sweep' }));
  at(0, persisted(1));
  expect(at(0, persisted(2))).toEqual([
    { kind: 'swept', generation: 2, count: 2 },
    { kind: 'reply', request: 1, outcome: OK },
  ]);
});

test('a sweep that could not be saved is tried again a little later; the other deadline stays', () => {
  const { at, state } = table();
  at(0, commands({ kind: 'sync' }));
  at(0, persisted(1));
  at(30, commands({ kind: 'sync' }));
  at(30, persisted(2));
  at(60, { kind: 'tick' });
  expect(at(70, { kind: 'persist-failed', batch: 3, reason: 'full' })).toEqual([{ kind: 'wake', atMs: 75 }]);
  expect(state.table.deadlines).toEqual([
    { generation: 3, atMs: 75 },
    { generation: 4, atMs: 90 },
  ]);
});

test('a deadline that comes while an earlier one is swept is swept once, though it takes longer', () => {
  const { at, state } = table();
  at(0, commands({ kind: 'sync' }));
  at(0, persisted(1));
  at(30, commands({ kind: 'add', ports: [samplePort(3), samplePort(4)] }, { kind: 'sync' }));
  at(30, persisted(2));
  at(60, { kind: 'tick' });
  expect(at(90, { kind: 'tick' })).toEqual([]);
  const said: Effect[] = [];
  while (state.batch !== undefined) said.push(...at(91, persisted(state.batch.number)));
  expect(said.filter(({ kind }) => kind === 'wake')).toEqual([]);
  const swept = said.flatMap((effect) => (effect.kind === 'swept' ? [effect] : []));
  expect(swept.map(({ generation }) => generation)).toEqual([3, 4]);
  expect(swept.reduce((sum, { count }) => sum + count, 0)).toBe(4);
});

test('of deadlines the earliest is told, also where that of an earlier sync was put off', () => {
  const { at } = table();
  at(0, commands({ kind: 'sync' }));
  at(0, persisted(1));
  at(12, commands({ kind: 'sync' }));
  at(12, persisted(2));
  expect(at(60, { kind: 'tick' })).toContainEqual({ kind: 'wake', atMs: 72 });
  // Tried again at 75, which is later.
  expect(at(70, { kind: 'persist-failed', batch: 3, reason: 'full' })).toEqual([]);
});

test('where an operator was faster than the deadline, nobody is woken any more', () => {
  const { at } = table([2]);
  at(0, commands({ kind: 'sweep' }));
  at(0, persisted(1));
  expect(at(0, persisted(2)).map(({ kind }) => kind)).toEqual(['swept', 'reply']);
});

test('a failed batch tells each of its commands why', () => {
  const { at } = table();
  at(0, commands({ kind: 'enable', id: A.id }, { kind: 'sweep' }));
  const outcome = { ok: false, code: 'NOT_SAVED', detail: 'full' };
  expect(at(0, { kind: 'persist-failed', batch: 1, reason: 'full' })).toEqual([
    { kind: 'reply', request: 1, outcome },
    { kind: 'reply', request: 2, outcome },
  ]);
});
