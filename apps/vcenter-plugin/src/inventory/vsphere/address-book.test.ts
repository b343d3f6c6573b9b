import type { Picture, VmRecord } from '@vrouter/vsphere-client';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesIn, EMPTY_BOOK, nextBook, type AddressBook, type Addresses } from './address-book.ts';
import { adapter, MAC, picture, reporting, vm } from './testing/pictures.ts';

const OTHER_MAC = '00:50:56:bf:7d:a2';
const twin: VmRecord = { ...vm, ref: 'vm-2', adapters: [{ ...adapter, mac: OTHER_MAC }] };
const silent = vm;

/** The book after these pictures. */
function bookOf(...pictures: readonly Picture[]): AddressBook {
  return pictures.reduce((book, picture) => nextBook(book, picture), EMPTY_BOOK);
}

/** What is known of the card of `vm` after it looked like this, one after the other. */
function afterwards(...vms: readonly VmRecord[]): Addresses {
  return addressesIn(bookOf(...vms.map((vm) => picture({ vms: [vm] }))), vm, adapter);
}

test.each<[string, readonly string[], Addresses]>([
  ['none', [], {}],
  ['one of each', ['10.0.0.5', 'fd00::5'], { ip: '10.0.0.5', ip6: 'fd00::5' }],
  [
    'several',
    ['fe80::1', '169.254.3.4', 'fd00::5', '10.0.0.5', '10.0.0.6'],
    { ip: '10.0.0.5', ip6: 'fd00::5' },
  ],
  ['only of the link', ['fe80::1', 'FEBF::1', '169.254.3.4'], {}],
  ['no address at all', ['web-1'], {}],
])('a guest reports %s', (_what, addresses, expected) => {
  expect(afterwards(reporting(addresses))).toEqual(expected);
});

test('what the guest says of another card is not this one', () => {
  expect(afterwards(reporting(['10.0.0.9'], vm, OTHER_MAC))).toEqual({});
});

const five = reporting(['10.0.0.5']);

test('a guest that falls silent keeps its address, however often it is read', () => {
  expect(afterwards(five, silent, silent, silent)).toEqual({ ip: '10.0.0.5' });
  expect(afterwards(five, reporting([]))).toEqual({ ip: '10.0.0.5' });
  expect(afterwards(five, reporting(['fe80::1']))).toEqual({ ip: '10.0.0.5' });
});

test('another address takes its place', () => {
  expect(afterwards(five, reporting(['10.0.0.6']))).toEqual({ ip: '10.0.0.6' });
  expect(afterwards(five, silent, reporting(['10.0.0.6']))).toEqual({ ip: '10.0.0.6' });
});

test('of several addresses the known one stays, in whatever order they come', () => {
  expect(afterwards(five, reporting(['10.0.0.4', '10.0.0.5']))).toEqual({ ip: '10.0.0.5' });
});

test('IPv4 and IPv6 are kept apart', () => {
  expect(afterwards(reporting(['10.0.0.5', 'fd00::5']), reporting(['fd00::6']))).toEqual({
    ip: '10.0.0.5',
    ip6: 'fd00::6',
  });
});

test.each<[string, Partial<VmRecord>]>([
  ['another MAC', { adapters: [{ ...adapter, mac: OTHER_MAC }] }],
  ['no MAC', { adapters: [{ ...adapter, mac: undefined }] }],
  ['another network', { adapters: [{ ...adapter, portGroupKey: 'dvportgroup-22' }] }],
])('a card with %s starts anew', (_what, changes) => {
  expect(afterwards(five, { ...silent, ...changes })).toEqual({});
});

test('a VM that was off starts anew, and one that was suspended does not', () => {
  expect(afterwards(five, { ...silent, power: 'poweredOff' }, silent)).toEqual({});
  expect(afterwards(five, { ...silent, power: 'suspended' }, silent)).toEqual({ ip: '10.0.0.5' });
  expect(afterwards(five, { ...silent, power: 'unknown' }, silent)).toEqual({ ip: '10.0.0.5' });
});

test('what the guest of a VM that is off had reported last, vCenter may still show', () => {
  expect(afterwards({ ...five, power: 'poweredOff' })).toEqual({ ip: '10.0.0.5' });
});

test('an address that another VM of the network reports is no longer of the silent one', () => {
  const book = (other: VmRecord): AddressBook =>
    bookOf(picture({ vms: [five, twin] }), picture({ vms: [silent, other] }));
  expect(addressesIn(book(reporting(['10.0.0.5'], twin, OTHER_MAC)), vm, adapter)).toEqual({});
  const elsewhere = { ...twin, adapters: [{ ...adapter, mac: OTHER_MAC, portGroupKey: 'dvportgroup-22' }] };
  expect(addressesIn(book(reporting(['10.0.0.5'], elsewhere, OTHER_MAC)), vm, adapter)).toEqual({
    ip: '10.0.0.5',
  });
});

test('two that both report one address both have it', () => {
  const book = bookOf(picture({ vms: [five, reporting(['10.0.0.5'], twin, OTHER_MAC)] }));
  expect(addressesIn(book, vm, adapter)).toEqual({ ip: '10.0.0.5' });
});

test('a VM that is gone is forgotten', () => {
  const book = bookOf(picture({ vms: [five] }), picture({ vms: [] }), picture({ vms: [silent] }));
  expect(addressesIn(book, vm, adapter)).toEqual({});
});

test('what was known before is asked for once, of the right card', () => {
  const asked: string[] = [];
  const knownBefore = (mac: string, network: string): Addresses => {
    asked.push(`${mac} ${network}`);
    return { ip: '10.0.0.5' };
  };
  const first = nextBook(EMPTY_BOOK, picture({ vms: [silent] }), knownBefore);
  const second = nextBook(first, picture({ vms: [silent] }), knownBefore);
  expect(addressesIn(second, vm, adapter)).toEqual({ ip: '10.0.0.5' });
  expect(asked).toEqual([`${MAC} dvportgroup-21`]);
});

test('silence alone never changes an address', () => {
  const address = fc.constantFrom('10.0.0.5', '10.0.0.6', 'fd00::5', 'fe80::1', '169.254.1.1');
  const reports = fc.array(fc.uniqueArray(address, { maxLength: 3 }), { maxLength: 6 });
  fc.assert(
    fc.property(reports, fc.nat({ max: 3 }), (reports, silences) => {
      const vms = reports.map((addresses) => reporting(addresses));
      const silence = Array.from({ length: silences }, () => silent);
      expect(afterwards(...vms, ...silence)).toEqual(afterwards(...vms));
    }),
  );
});
