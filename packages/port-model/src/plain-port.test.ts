import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import ports from '../vectors/ports.json' with { type: 'json' };
import { plainPort } from './plain-port.ts';
import { Port } from './port.ts';
import { almostPort, portInput } from './testing/arbitraries.ts';
import { requestOf } from './testing/vectors.ts';
import { NIL_GUID, NIL_MAC } from './values.ts';

/** What decides: `plainPort` may only be quicker. */
function expectLikePort(input: unknown): void {
  const plain = plainPort(input);
  if (plain !== undefined) expect({ success: true, data: plain }).toEqual(Port.safeParse(input));
}

const TEXTS = ['', 'None', 'none', '0.0.0.0', '10.0.0.01', '1.2.3.256', '::', '::1', NIL_MAC, NIL_GUID, '\n'];
const LONG_TEXTS = ['5029E6C4-fa3c-8ae0-d8b3-0123456789ab', 'x'.repeat(5000)];
const NUMBERS = [-2, -1, -0, 0, 1, 2, 3, 255, 256, 4095, 4096, 1.5, NaN];
const edge = fc.constantFrom<unknown[]>(...TEXTS, ...LONG_TEXTS, ...NUMBERS, null, undefined, true, [], {});
const field = fc.constantFrom(...Object.keys(Port.shape));

test('a plain port is what the schema makes of it, whatever came', () => {
  fc.assert(fc.property(fc.oneof(portInput, almostPort), expectLikePort), { numRuns: 2_000 });
  fc.assert(
    fc.property(field, edge, field, edge, (one, value, other, otherValue) => {
      expectLikePort({ ...ports.base, [one]: value, [other]: otherValue });
    }),
    { numRuns: 5_000 },
  );
});

test.each([...ports.accepted, ...ports.refused])('$name', (vector) => {
  expectLikePort(requestOf(ports.base, vector));
  expectLikePort([requestOf(ports.base, vector)]);
});

test('ports as clients send them are plain', () => {
  const sent = { ...ports.base, 'ip-address': 'None', 'ip6-address': '', name: 'unknown fields are nothing' };
  expect(plainPort(sent)).toEqual(Port.parse(sent));
  expect(plainPort({ ...sent, 'link-state': 1 })).toEqual(Port.parse({ ...sent, 'link-state': 1 }));
});
