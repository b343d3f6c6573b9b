import { isInPools, isReserved, type Subnet } from './subnet.ts';

/** Which addresses of a subnet are taken. */
export class SubnetBook {
  readonly subnet: Subnet;
  readonly #taken = new Set<number>();
  readonly #size: number;
  /** No position before this one is free, so that finding the next address takes no search. */
  #position = 0;

  constructor(subnet: Subnet) {
    this.subnet = subnet;
    this.#size = subnet.pools.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  }

  get takenCount(): number {
    return this.#taken.size;
  }

  isTaken(address: number): boolean {
    return this.#taken.has(address);
  }

  /** The address to hand out next, without taking it. Undefined: all are taken. */
  next(): number | undefined {
    for (; this.#position < this.#size; this.#position++) {
      const address = this.#addressAt(this.#position);
      if (!this.#taken.has(address) && !isReserved(this.subnet, address)) return address;
    }
    return undefined;
  }

  /** The gateway may be taken by several; it, and what else is reserved, is not written down. */
  take(address: number): void {
    if (!isReserved(this.subnet, address)) this.#taken.add(address);
  }

  free(address: number): void {
    if (!this.#taken.delete(address) || !isInPools(this.subnet, address)) return;
    this.#position = Math.min(this.#position, this.#positionOf(address));
  }

  #addressAt(position: number): number {
    let left = position;
    for (const { start, end } of this.subnet.pools) {
      const size = end - start + 1;
      if (left < size) return this.subnet.fromStart ? start + left : end - left;
      left -= size;
    }
    throw new RangeError(`position ${position} of ${this.#size}`);
  }

  #positionOf(address: number): number {
    let before = 0;
    for (const { start, end } of this.subnet.pools) {
      if (address >= start && address <= end) {
        return before + (this.subnet.fromStart ? address - start : end - address);
      }
      before += end - start + 1;
    }
    return before;
  }
}
