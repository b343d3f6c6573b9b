import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Draft } from './draft.ts';
import type { Table } from './model.ts';
import { isDone, newSweep, sweepSlice } from './sweep.ts';

function tableOf(count: number): Table {
  const entries = Array.from({ length: count }, (_none, index) => ({
    port: samplePort(index + 1),
    linkState: 1 as const,
    generation: 0,
  }));
  return {
    ports: new Map(entries.map((entry) => [entry.port.id, entry])),
    world: 0,
    generation: 2,
    deadlines: [1, 2, 3].map((generation) => ({ generation, atMs: generation })),
  };
}

test('a sweep that has not begun is not done, even where there is nothing to take', () => {
  expect(isDone(newSweep({ generation: 2, world: 0 }))).toBe(false);
});

test('slices take a few ports each; only the last one settles the deadline, and those before it', () => {
  const table = tableOf(3);
  const sweep = newSweep({ generation: 2, world: 0 });
  const draft = new Draft(table);
  sweepSlice(draft, sweep, 2);
  expect([isDone(sweep), [...draft.entries()].length, draft.deadlines.length]).toEqual([false, 1, 3]);
  sweepSlice(draft, sweep, 2);
  expect([isDone(sweep), [...draft.entries()].length]).toEqual([true, 0]);
  expect(draft.deadlines).toEqual([{ generation: 3, atMs: 3 }]);
  expect(sweep.removedCount).toBe(3);
});

test('a sweep that is asked for is of the generation and the world in which it begins', () => {
  const sweep = newSweep({ request: 5, world: undefined });
  sweepSlice(new Draft(tableOf(1)), sweep, 1);
  expect(sweep).toMatchObject({ request: 5, generation: 2, world: 0, removedCount: 1 });
});

test('what is added or deleted between two slices is neither taken nor counted', () => {
  const table = tableOf(3);
  const sweep = newSweep({ generation: 2, world: 0 });
  const draft = new Draft(table);
  sweepSlice(draft, sweep, 1);
  draft.put({ port: samplePort(2), linkState: 1, generation: 2 });
  draft.remove(samplePort(3).id);
  sweepSlice(draft, sweep, 5);
  expect([...draft.entries()].map(({ port }) => port.id)).toEqual([samplePort(2).id]);
  expect(sweep.removedCount).toBe(1);
});

test('a sweep of another world takes nothing, settles nothing, and is done', () => {
  const draft = new Draft({ ...tableOf(3), world: 1 });
  const sweep = newSweep({ generation: 2, world: 0 });
  sweepSlice(draft, sweep, 2);
  expect([isDone(sweep), sweep.removedCount, [...draft.entries()].length]).toEqual([true, 0, 3]);
  expect(draft.deadlines).toHaveLength(3);
});

test('no turn is spent on ports that stay', () => {
  const table = tableOf(3);
  const [first = ''] = table.ports.keys();
  const seen = table.ports.get(first);
  if (seen !== undefined) table.ports.set(first, { ...seen, generation: 2 });
  const sweep = newSweep({ generation: 2, world: 0 });
  sweepSlice(new Draft(table), sweep, 2);
  expect([isDone(sweep), sweep.removedCount]).toEqual([true, 2]);
});
