import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AddressBook } from './address-book.ts';
import { isInPools, isReserved, parseSubnet, SubnetSpec, type Subnet } from './subnet.ts';

function subnet(spec: object): Subnet {
  const parsed = parseSubnet(SubnetSpec.parse(spec));
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.subnet;
}

/** 10.0.0.0/27 with pools that may overlap, gateway and service address anywhere. */
const subnets = fc
  .record({
    addr_from_start: fc.boolean(),
    gateway: fc.integer({ min: 1, max: 30 }),
    service: fc.integer({ min: 1, max: 30 }),
    pools: fc.array(fc.tuple(fc.nat(31), fc.nat(31)), { maxLength: 3 }),
  })
  .map(({ addr_from_start, gateway, service, pools }) =>
    subnet({
      subnet: { ip_prefix: '10.0.0.0', ip_prefix_len: 27 },
      addr_from_start,
      default_gateway: `10.0.0.${gateway}`,
      dns_server_address: `10.0.0.${service}`,
      allocation_pools: pools.map(([a, b]) => ({
        start: `10.0.0.${Math.min(a, b)}`,
        end: `10.0.0.${Math.max(a, b)}`,
      })),
    }),
  );

const actions = fc.array(
  fc.oneof(
    fc.constant({ kind: 'next' } as const),
    fc.record({ kind: fc.constant('ask' as const), host: fc.nat(40) }),
    fc.record({ kind: fc.constant('free' as const), pick: fc.nat(40) }),
  ),
  { maxLength: 80 },
);

test('no address is handed out twice, none that is reserved, the next one is the first free one', () => {
  fc.assert(
    fc.property(subnets, actions, (subnet, actions) => {
      const book = new AddressBook([subnet]);
      const held: number[] = [];
      const inOrder = subnet.pools.flatMap(({ start, end }) => {
        const addresses = Array.from({ length: end - start + 1 }, (_, index) => start + index);
        return subnet.fromStart ? addresses : addresses.toReversed();
      });
      const isFree = (address: number): boolean => !held.includes(address) && !isReserved(subnet, address);
      for (const action of actions) {
        if (action.kind === 'free') {
          const [address] = held.splice(action.pick % Math.max(held.length, 1), 1);
          if (address !== undefined) book.free(address);
          continue;
        }
        const asked = action.kind === 'ask' ? subnet.first + action.host : undefined;
        const choice = asked === undefined ? book.next() : book.check(asked);
        if (choice.kind === 'address') {
          expect(isFree(choice.address)).toBe(true);
          expect(choice.address).toBe(asked ?? inOrder.find(isFree));
          held.push(choice.address);
          book.take(choice.address);
        } else if (asked === undefined) {
          expect(choice.kind).toBe('exhausted');
          expect(inOrder.filter(isFree)).toEqual([]);
        } else {
          const isOutside = asked > subnet.last || (isFree(asked) && !isInPools(subnet, asked));
          const refused = isOutside ? 'exhausted' : 'in-use';
          expect(choice.kind).toBe(asked === subnet.gateway ? 'gateway' : refused);
        }
        expect(book.takenCount).toBe(held.length);
      }
    }),
  );
});

test('subnets are used up one after the other, unless one is named', () => {
  const specs = ['10.0.0.0', '10.0.1.0'].map((ip_prefix, index) => ({
    subnet: { ip_prefix, ip_prefix_len: 29 },
    subnet_uuid: `subnet-${index}`,
    addr_from_start: true,
  }));
  const book = new AddressBook(specs.map((spec) => subnet(spec)));
  const base = 10 * 2 ** 24;
  expect(book.next('subnet-1')).toEqual({ kind: 'address', address: base + 256 + 3 });
  const taken: number[] = [];
  for (let choice = book.next(); choice.kind === 'address'; choice = book.next()) {
    taken.push(choice.address - base);
    book.take(choice.address);
  }
  expect(taken).toEqual([3, 4, 5, 6, 259, 260, 261, 262]);
  expect(book.next('no such subnet')).toEqual({ kind: 'exhausted' });
});
