import { TestkitError } from './errors.ts';

export interface SeededRandom {
  /** What this sequence began with: print it in every failure. */
  readonly seed: number;
  /** At least 0, below 1. */
  next(): number;
  /** An integer from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** One element of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
}

/** Random numbers that come again, in the same order, for the same `seed` (its low 32 bits count). */
export function seededRandom(seed: number): SeededRandom {
  // splitmix32: tiny, equidistributed, and good enough for choosing faults.
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => {
    if (!(Number.isInteger(min) && Number.isInteger(max) && min <= max)) {
      throw new TestkitError('BAD_ARGUMENT', `int: expected integers min <= max, got ${min} and ${max}`);
    }
    return min + Math.floor(next() * (max - min + 1));
  };
  return {
    seed,
    next,
    int,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new TestkitError('BAD_ARGUMENT', 'pick: the array is empty');
      return items[int(0, items.length - 1)] as T;
    },
  };
}
