import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { heldOf, rowOf } from './ledger-row.ts';
import { uncertain } from './port-entry.ts';
import { settledEntry } from './testing/agent-of.ts';

const port = samplePort(1);
const moved = samplePort(1, { 'ip-address': '10.9.9.9' });
const renamed = samplePort(1, { 'display-name': 'renamed' });
const desired = { port, enabled: true };

test('a row keeps what is desired, and what the agent may hold', () => {
  expect(rowOf(settledEntry(1, { lateAdds: [moved] }))).toEqual({
    portId: port.id,
    desired,
    held: { port, ambiguous: true },
  });
});

test.each([
  ['nothing on either side', undefined, undefined, undefined],
  ['never confirmed: perhaps the desired record', desired, undefined, uncertain(port)],
  ['to be deleted', undefined, { port, ambiguous: false }, uncertain(port)],
  ['as desired', desired, { port, ambiguous: false }, uncertain(port)],
  ['another name', desired, { port: renamed, ambiguous: false }, uncertain(renamed)],
  [
    'another identity: one or the other',
    desired,
    { port: moved, ambiguous: false },
    { ...uncertain(moved), ambiguous: true },
  ],
  ['one of several, already', undefined, { port, ambiguous: true }, { ...uncertain(port), ambiguous: true }],
])('after a crash: %s', (_what, wanted, held, expected) => {
  expect(heldOf({ portId: port.id, desired: wanted, held })).toEqual(expected);
});
