import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Draft } from './draft.ts';
import type { PortEntry, Table } from './model.ts';

const entry = (number: number, changes: Partial<PortEntry> = {}): PortEntry => ({
  port: samplePort(number),
  linkState: 1,
  generation: 0,
  ...changes,
});
const [A, B, C] = [entry(1), entry(2), entry(3)];
const table = (changes: Partial<Table> = {}): Table => ({
  ports: new Map([A, B].map((one) => [one.port.id, one])),
  world: 0,
  generation: 0,
  deadlines: [],
  ...changes,
});
const PENDING = [{ generation: 1, atMs: 5 }];

test('the table is as it was until the draft is committed, and then is what the draft said', () => {
  const before = table();
  const draft = new Draft(before);
  draft.remove(A.port.id);
  draft.put(C);
  draft.generation = 4;
  draft.world = 2;
  draft.deadlines = PENDING;
  expect(before).toEqual(table());
  draft.commit();
  expect(before).toEqual({
    ports: new Map([B, C].map((one) => [one.port.id, one])),
    world: 2,
    generation: 4,
    deadlines: PENDING,
  });
});

test('entries are those of the table, less what was removed, with what was put: each once', () => {
  const draft = new Draft(table());
  const changed = entry(2, { linkState: 0 });
  draft.remove(A.port.id);
  draft.put(changed);
  draft.put(C);
  expect([...draft.entries()]).toEqual([changed, C]);
  expect([...new Draft(table()).entries()]).toEqual([A, B]);
});

test('what was removed is not there, though the table has it', () => {
  const draft = new Draft(table());
  draft.remove(A.port.id);
  expect([draft.get(A.port.id), draft.get(B.port.id)]).toEqual([undefined, B]);
});

test.each<[string, (draft: Draft) => void, unknown[]]>([
  ['nothing', () => undefined, []],
  ['the same again', (draft) => draft.put({ ...A }), []],
  [
    'a new port',
    (draft) => draft.put(C),
    [
      { kind: 'save', port: C.port, linkState: 1 },
      { kind: 'seen', id: C.port.id, generation: 0 },
    ],
  ],
  [
    'another link state',
    (draft) => draft.put({ ...A, linkState: 0 }),
    [{ kind: 'save', port: A.port, linkState: 0 }],
  ],
  [
    'another mark',
    (draft) => draft.put({ ...A, generation: 1 }),
    [{ kind: 'seen', id: A.port.id, generation: 1 }],
  ],
  ['a port that is read from its file', (draft) => draft.putUnsaved(A), []],
  [
    'a file for where there is none',
    (draft) => draft.putWithFileIfAbsent(A, { port: B.port, linkState: 0 }),
    [{ kind: 'save', ifAbsent: true, port: B.port, linkState: 0 }],
  ],
  [
    'a put after one that was not saved',
    (draft) => {
      draft.putUnsaved({ ...A, linkState: 0 });
      draft.put({ ...A, linkState: 0 });
    },
    [{ kind: 'save', port: A.port, linkState: 0 }],
  ],
  ['a removal', (draft) => draft.remove(A.port.id), [{ kind: 'remove', id: A.port.id }]],
  ['a removal of what is not there', (draft) => draft.remove('x'), [{ kind: 'remove', id: 'x' }]],
  [
    'another generation alone',
    (draft) => (draft.generation = 3),
    [{ kind: 'generations', generation: 3, pending: [1] }],
  ],
  [
    'a deadline that is met',
    (draft) => (draft.deadlines = []),
    [{ kind: 'generations', generation: 0, pending: [] }],
  ],
])('to be saved while a sync is pending: %s', (_what, change, changes) => {
  const draft = new Draft(table({ deadlines: PENDING }));
  change(draft);
  expect(draft.changes()).toEqual(changes);
});

test('without a sync to come a mark is not saved', () => {
  const draft = new Draft(table());
  draft.put({ ...A, generation: 1 });
  expect(draft.changes()).toEqual([]);
});

test('a replaced world is saved whole: removals, ports, all marks, generations', () => {
  const before = table();
  const draft = new Draft(before);
  draft.replace({ generation: 0, deadlines: [{ generation: 0, remainingMs: 7 }], entries: [B, C] }, 1_000);
  expect(draft.changes()).toEqual([
    { kind: 'remove', id: A.port.id },
    { kind: 'seen', id: B.port.id, generation: 0 },
    { kind: 'save', port: C.port, linkState: 1 },
    { kind: 'seen', id: C.port.id, generation: 0 },
    { kind: 'generations', generation: 0, pending: [0] },
  ]);
  draft.commit();
  expect(before).toMatchObject({ world: 1, deadlines: [{ generation: 0, atMs: 1_007 }] });
});

test('an empty world in the place of an empty one is a change, too', () => {
  const draft = new Draft(table({ ports: new Map() }));
  draft.replace({ generation: 0, deadlines: [], entries: [] }, 0);
  expect(draft.changes()).toEqual([{ kind: 'generations', generation: 0, pending: [] }]);
});
