import { isInPools, isInside, isReserved, type Subnet } from './subnet.ts';
import { SubnetBook } from './subnet-book.ts';

/** What came of asking for an address. */
export type Choice =
  | { readonly kind: 'address'; readonly address: number }
  | { readonly kind: 'gateway'; readonly address: number }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'exhausted' };

/** The addresses of one network. */
export class AddressBook {
  readonly #books: readonly SubnetBook[];

  constructor(subnets: readonly Subnet[]) {
    this.#books = subnets.map((subnet) => new SubnetBook(subnet));
  }

  get isEmpty(): boolean {
    return this.#books.length === 0;
  }

  get takenCount(): number {
    return this.#books.reduce((sum, book) => sum + book.takenCount, 0);
  }

  /** May `asked` be had? Takes nothing. */
  check(asked: number): Choice {
    const book = this.#bookOf(asked);
    if (book === undefined) return { kind: 'exhausted' };
    if (asked === book.subnet.gateway) return { kind: 'gateway', address: asked };
    if (book.isTaken(asked) || isReserved(book.subnet, asked)) return { kind: 'in-use' };
    return isInPools(book.subnet, asked) ? { kind: 'address', address: asked } : { kind: 'exhausted' };
  }

  /** The next free address, of the subnet `subnetUuid` if given, without taking it. */
  next(subnetUuid?: string): Choice {
    for (const book of this.#books) {
      if (subnetUuid !== undefined && book.subnet.uuid !== subnetUuid) continue;
      const address = book.next();
      if (address !== undefined) return { kind: 'address', address };
    }
    return { kind: 'exhausted' };
  }

  take(address: number): void {
    this.#bookOf(address)?.take(address);
  }

  free(address: number): void {
    this.#bookOf(address)?.free(address);
  }

  #bookOf(address: number): SubnetBook | undefined {
    return this.#books.find(({ subnet }) => isInside(subnet, address));
  }
}
