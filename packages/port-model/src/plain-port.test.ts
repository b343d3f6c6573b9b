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
/** Accepted without the schema, so that one other value decides. */
const PLAIN = { ...ports.base, 'ip6-address': '::' };
const { id: GUID, 'mac-address': MAC } = ports.base;
const ALMOST = [GUID, MAC].flatMap((text) => [`x${text}`, `${text}x`, `${text}\n`, [text]]);
const NUMBERS = [-2, -1, -0, 0, 1, 2, 3, 255, 256, 4095, 4096, 1.5, NaN];
const EDGES: unknown[] = [...TEXTS, ...LONG_TEXTS, ...ALMOST, ...NUMBERS, null, undefined, true, [], {}];
const FIELDS = Object.keys(Port.shape);
const edge = fc.constantFrom(...EDGES);
const field = fc.constantFrom(...FIELDS);

test('a plain port is what the schema makes of it, whatever came', () => {
  fc.assert(fc.property(fc.oneof(portInput, almostPort), expectLikePort), { numRuns: 2_000 });
  fc.assert(
    fc.property(field, edge, field, edge, (one, value, other, otherValue) => {
      expectLikePort({ ...PLAIN, [one]: value, [other]: otherValue });
    }),
    { numRuns: 5_000 },
  );
});

test.each(FIELDS)('nothing in the place of %s is plain that the schema refuses', (name) => {
  for (const value of EDGES) expectLikePort({ ...PLAIN, [name]: value });
});

test.each([...ports.accepted, ...ports.refused])('$name', (vector) => {
  expectLikePort(requestOf(ports.base, vector));
  expectLikePort([requestOf(ports.base, vector)]);
});

test('ports as clients send them are plain', () => {
  expect(plainPort(PLAIN)).toStrictEqual(Port.parse(PLAIN));
  const sent = { ...PLAIN, 'ip-address': 'None', 'ip6-address': '', name: 'unknown fields are nothing' };
  expect(plainPort(sent)).toEqual(Port.parse(sent));
  for (const more of [
    { 'link-state': 1 },
    { 'link-state': 0 },
    { type: 1, 'ip6-address': '::' },
    { 'display-name': 'x'.repeat(4096), 'system-name': 'x'.repeat(255) },
    { 'rx-vlan-id': -1, 'tx-vlan-id': 4095, 'vhostuser-mode': 255 },
  ])
    expect(plainPort({ ...sent, ...more }), JSON.stringify(more)).toEqual(Port.parse({ ...sent, ...more }));
});
