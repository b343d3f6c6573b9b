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

/** The entry of a card; the same object as in the book before when it has not changed. */
export function entryIn(book: AddressBook, vm: VmRecord, adapter: AdapterRecord): Entry | undefined {
  return book.get(keyOf(vm, adapter));
}

export function addressesIn(
  book: AddressBook,
  vm: VmRecord,
  adapter: AdapterRecord,
): { ip?: string; ip6?: string } {
  const { ip, ip6 } = entryIn(book, vm, adapter) ?? {};
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
  let reported: ReadonlySet<string> | undefined;
  const isReported = (place: string): boolean =>
    (reported ??= new Set(cards.flatMap((card) => card.reported))).has(place);
  const book = new Map<string, Entry>();
  for (const { key, vm, adapter, network, ips, ip6s } of cards) {
    const entry = before.get(key);
    const last = lastOf(vm, adapter, entry, knownBefore) ?? {};
    const isFree = (address: string): boolean => !isReported(placeOf(network, address));
    const next: Entry = {
      mac: adapter.mac,
      network,
      ip: choose(ips, last.ip, isFree),
      ip6: choose(ip6s, last.ip6, isFree),
    };
    // What did not change stays the same object, which is faster to compare than to make again.
    if (next.ip ?? next.ip6) book.set(key, entry !== undefined && isSame(entry, next) ? entry : next);
  }
  return book;
}

function isSame(a: Entry, b: Entry): boolean {
  return a.mac === b.mac && a.network === b.network && a.ip === b.ip && a.ip6 === b.ip6;
}

/** Addresses that are of use beyond the link. */
export function routable(addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => !address.startsWith('169.254.') && !/^fe[89ab]/iu.test(address));
}

interface Card {
  readonly key: string;
  readonly vm: VmRecord;
  readonly adapter: AdapterRecord;
  readonly network: string | undefined;
  /** What its guest reports. */
  readonly ips: readonly string[];
  readonly ip6s: readonly string[];
  /** The same, as `placeOf` calls it. */
  readonly reported: readonly string[];
}

/** A record is never changed, so neither are its cards; from one picture to the next nearly all records are the same. */
const cardsOfVm = new WeakMap<VmRecord, readonly Card[]>();

function cardsOf({ vms }: Picture): readonly Card[] {
  return [...vms.values()].flatMap((vm) => {
    const known = cardsOfVm.get(vm);
    if (known !== undefined) return known;
    const cards = vm.adapters.map((adapter) => cardOf(vm, adapter));
    cardsOfVm.set(vm, cards);
    return cards;
  });
}

function cardOf(vm: VmRecord, adapter: AdapterRecord): Card {
  const nics = vm.guest.filter(({ mac }) => mac === adapter.mac);
  const now = routable(nics.flatMap(({ addresses }) => addresses));
  const network = networkOf(adapter);
  return {
    key: keyOf(vm, adapter),
    vm,
    adapter,
    network,
    ips: now.filter(isIPv4),
    ip6s: now.filter(isIPv6),
    reported: now.map((address) => placeOf(network, address)),
  };
}

/** An address means something on its network only. */
function placeOf(network: string | undefined, address: string): string {
  return `${network} ${address}`;
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
