import type { Outcome } from '@vrouter/agent-client';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { newEntry, uncertain, type PortEntry } from './port-entry.ts';
import { applyAdd, applyCheck, applyDelete, applyLink, type Verdict } from './port-outcome.ts';
import { settledEntry } from './testing/agent-of.ts';

const port = samplePort(1);
const moved = samplePort(1, { 'ip-address': '10.9.9.9' });
const HELD = { port, epoch: 1, enabled: true, ambiguous: false };
const DONE: Outcome = { kind: 'done' };
const NOT_FOUND: Outcome = { kind: 'not-found' };
const REFUSED: Outcome = { kind: 'refused', status: 400, message: 'no' };
const CUT: Outcome = { kind: 'unavailable', reason: 'reset', sent: true };
const BUSY: Outcome = { kind: 'unavailable', reason: 'busy', sent: true, status: 503 };

const verdict = (outcome: Outcome, changes: Partial<Verdict> = {}): Verdict => ({
  outcome,
  error: 'why',
  sentAtMs: 100,
  retryAtMs: ({ attempts }) => 1_000 + attempts,
  sweptEpoch: 0,
  unsettledUntilMs: 0,
  ...changes,
});
/** As it is while an add of it is under way. */
const adding = (changes: Partial<PortEntry> = {}): PortEntry =>
  settledEntry(1, { desired: { port, enabled: true }, held: uncertain(port), ...changes });
const item = (entry: PortEntry) => ({ entry, port, before: undefined });
const FAILED = { attempts: 1, lastError: 'why', notBeforeMs: 1_000, urgent: true };
const FINE = { attempts: 0, lastError: undefined, notBeforeMs: 0, refused: false };

test('an add that is done counts in its epoch; the link state is to be set', () => {
  const entry = adding({ alone: true, refused: true, attempts: 2 });
  applyAdd(item(entry), verdict(DONE), false, 4);
  expect(entry).toMatchObject({
    ...FINE,
    alone: false,
    verifiedEpoch: 0,
    held: { port, epoch: 4, enabled: undefined, ambiguous: false },
  });
});

test.each([
  [0, 5],
  [3, 5],
  [9, 9],
])('after the sweep of epoch %i an add needs no look: %i', (sweptEpoch, verifiedEpoch) => {
  const entry = adding({ verifiedEpoch: 5 });
  applyAdd(item(entry), verdict(DONE, { sweptEpoch }), false, 9);
  expect(entry.verifiedEpoch).toBe(verifiedEpoch);
});

test('an add that is refused leaves what was there before, and is offered slowly', () => {
  const entry = adding();
  applyAdd({ ...item(entry), before: HELD }, verdict(REFUSED), false, 1);
  expect(entry).toMatchObject({ ...FAILED, held: HELD, refused: true });
});

test.each([
  ['cut', CUT],
  ['failed', BUSY],
])('an add that was %s may have been carried out', (_what, outcome) => {
  const entry = adding();
  applyAdd(item(entry), verdict(outcome), false, 1);
  expect(entry).toMatchObject({ ...FAILED, held: uncertain(port), refused: false, lateAdds: [] });
});

test.each([
  ['refused', REFUSED, true, 0],
  ['failed', BUSY, true, 0],
  ['cut', CUT, false, 1],
])('of an array that was %s each is sent alone at once: %o', (_what, outcome, alone, attempts) => {
  const entry = adding();
  applyAdd(item(entry), verdict(outcome), true, 1);
  expect(entry).toMatchObject({ alone, attempts, urgent: true, refused: false });
});

test.each([
  ['refused', REFUSED, 0],
  ['failed', BUSY, 0],
  ['cut', CUT, 1],
])(
  'where another record is desired by now, one that was %s says nothing about it',
  (_what, outcome, attempts) => {
    for (const desired of [{ port: moved, enabled: true }, undefined]) {
      const entry = adding({ desired });
      applyAdd(item(entry), verdict(outcome), false, 1);
      expect(entry).toMatchObject({ attempts, refused: false });
    }
  },
);

test('adds that timed out are remembered, the last sixteen of them', () => {
  const entry = adding({ lateAdds: Array.from({ length: 16 }, () => moved) });
  applyAdd(item(entry), verdict(CUT, { unsettledUntilMs: 500 }), false, 1);
  expect(entry.lateAdds).toEqual([...Array.from({ length: 15 }, () => moved), port]);
  expect(entry.unsettledUntilMs).toBe(500);
  applyAdd(item(entry), verdict(CUT, { unsettledUntilMs: 300 }), false, 1);
  expect(entry.unsettledUntilMs).toBe(500);
});

test.each([DONE, NOT_FOUND])('a delete is done when the port is gone, or never was: $kind', (outcome) => {
  const entry = settledEntry(1, { desired: undefined, attempts: 2 });
  applyDelete(entry, verdict(outcome));
  expect(entry).toMatchObject({ ...FINE, held: undefined });
});

test.each([REFUSED, BUSY, CUT])('any other delete is owed: $kind', (outcome) => {
  const entry = settledEntry(1, { desired: undefined });
  applyDelete(entry, verdict(outcome));
  expect(entry).toMatchObject({ ...FAILED, held: HELD });
});

test('a port that is deleted while an older add may arrive stays known until then', () => {
  const entry = settledEntry(1, { desired: undefined, unsettledUntilMs: 101, lateAdds: [port] });
  applyDelete(entry, verdict(DONE));
  expect(entry).toMatchObject({ held: HELD, repeatAtMs: 101, notBeforeMs: 101, lateAdds: [port] });
});

test('one that is desired again is added at once all the same', () => {
  const entry = settledEntry(1, { unsettledUntilMs: 101 });
  applyDelete(entry, verdict(DONE));
  expect(entry).toMatchObject({ held: undefined, repeatAtMs: 101, notBeforeMs: 0 });
});

test.each([
  ['sent when nothing older could arrive any more', 100, 0, []],
  ['sent while something older may still arrive', 101, 101, [moved]],
])('a confirmation of what was %s', (_what, unsettledUntilMs, repeatAtMs, lateAdds) => {
  const entry = adding({ unsettledUntilMs, lateAdds: [moved] });
  applyAdd(item(entry), verdict(DONE), false, 1);
  expect(entry).toMatchObject({ repeatAtMs, lateAdds });
});

test('a repeat that is planned keeps what it is planned for', () => {
  const entry = adding({ repeatAtMs: 90, lateAdds: [moved] });
  applyAdd(item(entry), verdict(DONE), false, 1);
  expect(entry).toMatchObject({ repeatAtMs: 90, lateAdds: [moved] });
});

test.each([true, false])('a link state that is set is known: %o', (enabled) => {
  const entry = settledEntry(1, { refused: true });
  applyLink(entry, verdict(DONE), enabled);
  expect(entry).toMatchObject({ ...FINE, held: { ...HELD, enabled } });
});

test('a link state of a port that is gone by now is nothing to remember', () => {
  const entry = newEntry('x');
  applyLink(entry, verdict(DONE), true);
  expect(entry.held).toBeUndefined();
});

test.each([
  [NOT_FOUND, undefined, false],
  [REFUSED, HELD, true],
  [BUSY, HELD, false],
])('a link state that is not set: %o', (outcome, held, refused) => {
  const entry = settledEntry(1, { refused: !refused });
  applyLink(entry, verdict(outcome), true);
  expect(entry).toMatchObject({ ...FAILED, held, refused });
});

test('a port that is lost after each add that went well is added less and less often, until a link state is set', () => {
  const entry = settledEntry(1);
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    applyLink(entry, verdict(NOT_FOUND), true);
    waits.push(entry.notBeforeMs);
    applyAdd(item(entry), verdict(DONE), false, 1);
    expect(entry).toMatchObject(FINE);
  }
  expect(waits).toEqual([1_000, 1_001, 1_002]);
  applyLink(entry, verdict(DONE), true);
  applyLink(entry, verdict(NOT_FOUND), true);
  expect(entry).toMatchObject({ attempts: 1, notBeforeMs: 1_000 });
});

const found = (shown: unknown): Outcome => ({ kind: 'found', port: shown }) as Outcome;

test.each<[string, Outcome, object]>([
  ['is not there', NOT_FOUND, uncertain(port)],
  ['is another', found(moved), uncertain(moved)],
  ['is enabled', found({ ...port, 'link-state': 1 }), { ...HELD, enabled: true }],
  ['is disabled', found({ ...port, 'link-state': 0 }), { ...HELD, enabled: false }],
  ['shows no link state', found(port), HELD],
  ['shows other fields than it was sent', found({ uuid: port.id }), HELD],
  [
    'shows other fields, and another VLAN among them',
    found({ id: port.id, 'tx-vlan-id': 4000 }),
    { ...uncertain(port), ambiguous: true },
  ],
])('the look after the sweep: the port %s', (_what, outcome, held) => {
  const entry = settledEntry(1);
  applyCheck(entry, verdict(outcome), 3);
  expect(entry).toMatchObject({ held, verifiedEpoch: 3 });
});

test('a port that cannot be shown now is looked at again, and not for ever', () => {
  const entry = settledEntry(1);
  applyCheck(entry, verdict(BUSY), 3);
  expect(entry).toMatchObject({ held: HELD, verifiedEpoch: 0, attempts: 1 });
  for (let looks = 0; looks < 10; looks += 1) applyCheck(entry, verdict(BUSY), 3);
  expect(entry).toMatchObject({ held: HELD, verifiedEpoch: 3 });
});

test('a look that got no answer is owed; one at a port that went meanwhile is done', () => {
  const entry = settledEntry(1);
  applyCheck(entry, verdict(CUT), 3);
  expect(entry).toMatchObject({ held: HELD, verifiedEpoch: 0 });
  const gone = newEntry('x');
  applyCheck(gone, verdict(NOT_FOUND), 3);
  expect(gone).toMatchObject({ held: undefined, verifiedEpoch: 3 });
});
