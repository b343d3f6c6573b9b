import { seededRandom, type SeededRandom } from '@vrouter/testkit';

/** A stream of chance of its own for each `name`, so that leaving one thing out does not change all others. */
export function streamOf(seed: number, name: string): SeededRandom {
  let mixed = seed | 0;
  for (let index = 0; index < name.length; index++)
    mixed = Math.imul(mixed ^ name.charCodeAt(index), 0x01000193) + 0x9e3779b9;
  return seededRandom(mixed);
}
