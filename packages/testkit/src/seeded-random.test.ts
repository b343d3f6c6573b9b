import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';

const first = (seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 8 }, () => random.next());
};

test('the same seed gives the same numbers, another seed others', () => {
  expect(first(7)).toEqual(first(7));
  expect(first(7)).not.toEqual(first(8));
  expect(seededRandom(7).seed).toBe(7);
});

test('numbers stay in their range', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -9, max: 9 }), fc.nat(9), (seed, min, span) => {
      const random = seededRandom(seed);
      for (let count = 0; count < 20; count++) {
        const fraction = random.next();
        expect(fraction >= 0 && fraction < 1).toBe(true);
        const integer = random.int(min, min + span);
        expect(Number.isInteger(integer) && integer >= min && integer <= min + span).toBe(true);
      }
    }),
  );
});

test('all values of a small range come, about equally often', () => {
  const random = seededRandom(1);
  const counts = [0, 0, 0, 0];
  for (let count = 0; count < 4_000; count++) {
    const value = random.pick([0, 1, 2, 3]);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('senseless requests are refused', () => {
  const random = seededRandom(1);
  expect(() => random.pick([])).toThrow('the array is empty');
  expect(() => random.int(2, 1)).toThrow('min <= max');
  expect(() => random.int(0, 0.5)).toThrow('integers');
});
