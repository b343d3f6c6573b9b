import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import {
  changeDesired,
  failed,
  isForgettable,
  mayHold,
  newEntry,
  nextOperation,
  succeeded,
  uncertain,
  type Held,
} from './port-entry.ts';
import { settledEntry } from './testing/agent-of.ts';

const port = samplePort(1);
const moved = samplePort(1, { 'ip-address': '10.9.9.9' });
const renamed = samplePort(1, { 'display-name': 'renamed' });
const held = (changes: Partial<Held> = {}): Held => ({
  port,
  epoch: 1,
  enabled: true,
  ambiguous: false,
  ...changes,
});
const on = { port, enabled: true };

test.each([
  ['nothing on either side', undefined, undefined, undefined],
  ['not desired', undefined, held(), 'delete'],
  ['not held', on, undefined, 'add'],
  ['one of two records', on, held({ ambiguous: true }), 'delete'],
  ['another identity', on, held({ port: moved }), 'delete'],
  ['another name', on, held({ port: renamed }), 'add'],
  ['added in an earlier epoch', on, held({ epoch: 0 }), 'add'],
  ['added in a later epoch', on, held({ epoch: 2 }), undefined],
  ['link state unknown', on, held({ enabled: undefined }), 'enable'],
  ['wrongly disabled', on, held({ enabled: false }), 'enable'],
  ['wrongly enabled', { port, enabled: false }, held(), 'disable'],
  ['all as desired', on, held(), undefined],
])('the next request: %s', (_what, desired, holds, operation) => {
  expect(nextOperation({ ...newEntry(port.id), desired, held: holds }, 1, true)).toBe(operation);
});

test.each([
  ['one of two records', held({ ambiguous: true }), undefined],
  ['another identity', held({ port: moved }), undefined],
  ['nothing', undefined, undefined],
  ['what a sweep may take', held({ epoch: 0 }), 'add'],
])(
  'what is kept until it has arrived elsewhere is not replaced; the agent has %s',
  (_what, holds, operation) => {
    const entry = { ...newEntry(port.id), desired: on, held: holds, leaving: true };
    expect(nextOperation(entry, 1, true)).toBe(operation);
  },
);

test('an agent without link states is never asked for them', () => {
  const entry = settledEntry(1, { held: held({ enabled: false }) });
  expect(nextOperation(entry, 1, false)).toBeUndefined();
});

test.each([
  ['nothing', undefined, [], undefined],
  ['what it holds', held(), [], { port, ambiguous: false }],
  ['what is still to arrive', undefined, [renamed, port], { port, ambiguous: false }],
  ['a record like the one that may still arrive', held(), [renamed], { port, ambiguous: false }],
  ['either of two', held(), [moved], { port, ambiguous: true }],
  ['any of two that may still arrive', undefined, [moved, port], { port, ambiguous: true }],
  ['one of several, already', held({ ambiguous: true }), [], { port, ambiguous: true }],
])('an agent may hold %s', (_what, holds, lateAdds, record) => {
  expect(mayHold({ ...newEntry(port.id), held: holds, lateAdds })).toEqual(record);
});

test('an entry is forgotten only when it is neither desired, nor held, nor under way', () => {
  expect(isForgettable(newEntry('x'))).toBe(true);
  expect(isForgettable({ ...newEntry('x'), desired: on })).toBe(false);
  expect(isForgettable({ ...newEntry('x'), held: held() })).toBe(false);
  expect(isForgettable({ ...newEntry('x'), inFlight: 'delete' })).toBe(false);
});

const TROUBLED = {
  attempts: 3,
  lastError: 'no',
  notBeforeMs: 5,
  refused: true,
  alone: true,
  urgent: false,
};
const FRESH = { attempts: 0, lastError: undefined, notBeforeMs: 0, refused: false };

test('a change forgets all that went wrong before it, and goes first', () => {
  const entry = settledEntry(1, TROUBLED);
  expect(changeDesired(entry, { port: moved, enabled: false })).toBe(entry);
  expect(entry).toMatchObject({
    ...FRESH,
    urgent: true,
    alone: false,
    desired: { port: moved, enabled: false },
  });
});

test('a success forgets what went wrong, but neither its place nor that the port is sent alone', () => {
  const entry = settledEntry(1, TROUBLED);
  succeeded(entry);
  expect(entry).toMatchObject({ ...FRESH, urgent: false, alone: true });
});

test('a failure is counted, told, and goes first when its time comes', () => {
  const entry = settledEntry(1, { attempts: 1 });
  failed(entry, 'no', 70);
  expect(entry).toMatchObject({ attempts: 2, lastError: 'no', notBeforeMs: 70, urgent: true });
});

test('an uncertain record is confirmed in no epoch', () => {
  expect(uncertain(port)).toEqual({ port, epoch: 0, enabled: undefined, ambiguous: false });
});

test('a new entry is urgent, and nothing else is known of it', () => {
  expect(newEntry('x')).toEqual({
    ...FRESH,
    id: 'x',
    desired: undefined,
    held: undefined,
    inFlight: undefined,
    urgent: true,
    losses: 0,
    alone: false,
    unsettledUntilMs: 0,
    lateAdds: [],
    repeatAtMs: 0,
    dueMs: 0,
    leaving: false,
    verifiedEpoch: 0,
  });
});
