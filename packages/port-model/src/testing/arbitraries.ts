import * as fc from 'fast-check';
import type { PortInput } from '../port.ts';
import { NIL_GUID } from '../values.ts';

const hex = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[0-9a-fA-F]{${length}}$`));

const guid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => parts.join('-'));
const realGuid = guid.filter((value) => value !== NIL_GUID);
const mac = fc
  .array(hex(2), { minLength: 6, maxLength: 6 })
  .map((parts) => parts.join(':'))
  .filter((value) => /[^0:]/.test(value));
const nothing = fc.constantFrom('None', '');
const vlan = fc.integer({ min: -1, max: 4095 });

/** Any port that a client may send, in any of its spellings. */
export const portInput: fc.Arbitrary<PortInput> = fc.record(
  {
    id: realGuid,
    'instance-id': realGuid,
    'vn-id': realGuid,
    'vm-project-id': fc.oneof(guid, nothing),
    'display-name': fc.string({ unit: 'binary', maxLength: 40 }),
    'ip-address': fc.oneof(fc.ipV4(), nothing),
    'ip6-address': fc.oneof(fc.ipV6(), nothing),
    'mac-address': mac,
    'system-name': fc.string({ maxLength: 40 }),
    type: fc.constantFrom(0 as const, 1 as const, 2 as const),
    'rx-vlan-id': vlan,
    'tx-vlan-id': vlan,
    'vhostuser-mode': fc.nat(255),
    'link-state': fc.constantFrom(0 as const, 1 as const),
  },
  {
    requiredKeys: [
      'id',
      'instance-id',
      'vn-id',
      'vm-project-id',
      'display-name',
      'ip-address',
      'ip6-address',
      'mac-address',
      'system-name',
      'type',
      'rx-vlan-id',
      'tx-vlan-id',
    ],
  },
);

/** Anything at all, more often something like a port with one field spoilt. */
export const almostPort: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  fc
    .tuple(
      portInput,
      fc.constantFrom(
        'id',
        'vn-id',
        'ip-address',
        'ip6-address',
        'mac-address',
        'type',
        'tx-vlan-id',
        '__proto__',
      ),
      fc.anything({ withBigInt: true }),
    )
    .map(([port, field, value]) => ({ ...port, ...Object.fromEntries([[field, value]]) })),
);
