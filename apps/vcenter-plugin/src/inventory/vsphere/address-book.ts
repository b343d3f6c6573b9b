import { isIPv4, isIPv6 } from 'node:net';
import type { AdapterRecord, Picture, VmRecord } from '@vrouter/vsphere-client';

export interface Addresses {
  readonly ip?: string | undefined;
  readonly ip6?: string | undefined;
}

/** Addresses, and the MAC and the network that they belong to. */
interface Entry extends Addresses {
  readonly mac: string | undefined;
  readonly network: string | undefined;
}

/** The addresses of every card in one picture; the next picture makes the next book. */
export type AddressBook = ReadonlyMap<string, Entry>;

export const EMPTY_BOOK: AddressBook = new Map();

/** The addresses that the port of `mac` had on a network (by key) before this process began. */
export type KnownBefore = (mac: string, network: string) => Addresses | undefined;

export function addressesIn(
  book: AddressBook,
  vm: VmRecord,
  adapter: AdapterRecord,
): { ip?: string; ip6?: string } {
  const { ip, ip6 } = book.get(keyOf(vm, adapter)) ?? {};
  return { ...(ip !== undefined && { ip }), ...(ip6 !== undefined && { ip6 }) };
}

/**
 * The addresses in `picture`, with the help of the book before it: a card whose guest falls silent keeps its address, and
 * one that reports several keeps the one it had. The whole rule: docs/decisions/008-addresses-are-kept.md. Pure.
 */
export function nextBook(
  before: AddressBook,
  picture: Picture,
  knownBefore: KnownBefore = () => undefined,
): AddressBook {
  const cards = cardsOf(picture);
  const reported = new Set(
    cards.flatMap(({ network, now }) => now.map((address) => `${network} ${address}`)),
  );
  const book = new Map<string, Entry>();
  for (const { vm, adapter, network, now } of cards) {
    const key = keyOf(vm, adapter);
    const last = lastOf(vm, adapter, before.get(key), knownBefore) ?? {};
    const isFree = (address: string): boolean => !reported.has(`${network} ${address}`);
    const ip = choose(now.filter(isIPv4), last.ip, isFree);
    const ip6 = choose(now.filter(isIPv6), last.ip6, isFree);
    if (ip ?? ip6) book.set(key, { mac: adapter.mac, network, ip, ip6 });
  }
  return book;
}

/** Addresses that are of use beyond the link. */
export function routable(addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => !address.startsWith('169.254.') && !/^fe[89ab]/iu.test(address));
}

interface Card {
  readonly vm: VmRecord;
  readonly adapter: AdapterRecord;
  readonly network: string | undefined;
  /** What its guest reports. */
  readonly now: readonly string[];
}

/** A record is never changed, so neither are its cards; from one picture to the next nearly all records are the same. */
const cardsOfVm = new WeakMap<VmRecord, readonly Card[]>();

function cardsOf({ vms }: Picture): readonly Card[] {
  return [...vms.values()].flatMap((vm) => {
    const known = cardsOfVm.get(vm);
    if (known !== undefined) return known;
    const cards = vm.adapters.map((adapter): Card => {
      const nics = vm.guest.filter(({ mac }) => mac === adapter.mac);
      const now = routable(nics.flatMap(({ addresses }) => addresses));
      return { vm, adapter, network: networkOf(adapter), now };
    });
    cardsOfVm.set(vm, cards);
    return cards;
  });
}

/** Of the same card on the same network, unless the VM was off in between. */
function lastOf(
  vm: VmRecord,
  adapter: AdapterRecord,
  entry: Entry | undefined,
  knownBefore: KnownBefore,
): Addresses | undefined {
  const { mac } = adapter;
  const network = networkOf(adapter);
  if (vm.power === 'poweredOff' || mac === undefined || network === undefined) return undefined;
  if (entry === undefined) return knownBefore(mac, network);
  return entry.mac === mac && entry.network === network ? entry : undefined;
}

function choose(
  now: readonly string[],
  last: string | undefined,
  isFree: (address: string) => boolean,
): string | undefined {
  if (last !== undefined && now.includes(last)) return last;
  return now[0] ?? (last !== undefined && isFree(last) ? last : undefined);
}

function networkOf({ portGroupKey, networkRef }: AdapterRecord): string | undefined {
  return portGroupKey ?? networkRef;
}

function keyOf(vm: VmRecord, adapter: AdapterRecord): string {
  return `${vm.ref} ${adapter.key}`;
}
