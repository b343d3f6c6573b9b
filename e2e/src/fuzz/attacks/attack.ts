import fc, { type Arbitrary } from 'fast-check';
import { randomBytes } from './bytes.ts';
import { randomFraming } from './framing.ts';
import { randomJson } from './json.ts';
import { randomRequests } from './requests.ts';

/** One connection: what is written to it, piece by piece, and how it ends. */
export interface Attack {
  readonly kind: string;
  readonly target: 'rest' | 'admin' | 'introspect';
  /** A character per byte; each piece is a segment of its own, as far as the system lets it. */
  readonly pieces: readonly string[];
  /** `end`: no more will come, the answer is awaited. `reset`: in the middle of whatever goes on. */
  readonly ending: 'end' | 'reset';
}

/** How many attacks one seed makes; more come from the next. */
export const ATTACKS_PER_SEED = 200;

const CUTS_MAX = 6;
const RESETS_IN_TEN = 2;
const ADMIN_IN_TEN = 1;

const KINDS: readonly { kind: string; weight: number; bytes: Arbitrary<string> }[] = [
  { kind: 'bytes', weight: 2, bytes: randomBytes },
  { kind: 'json', weight: 4, bytes: randomJson },
  { kind: 'framing', weight: 4, bytes: randomFraming },
  { kind: 'requests', weight: 3, bytes: randomRequests },
];

const oneOfTen = (count: number): Arbitrary<boolean> => fc.integer({ min: 0, max: 9 }).map((n) => n < count);

const attack: Arbitrary<Attack> = fc
  .record({
    one: fc.oneof(
      ...KINDS.map(({ kind, weight, bytes }) => ({
        weight,
        arbitrary: bytes.map((text) => ({ kind, text })),
      })),
    ),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: CUTS_MAX }),
    isReset: oneOfTen(RESETS_IN_TEN),
    isForAdmin: oneOfTen(ADMIN_IN_TEN),
    isForIntrospect: oneOfTen(ADMIN_IN_TEN),
  })
  .map(({ one: { kind, text }, cuts, isReset, isForAdmin, isForIntrospect }) => ({
    kind,
    target: isForAdmin ? 'admin' : isForIntrospect ? 'introspect' : 'rest',
    pieces: cutAt(text, cuts),
    ending: isReset ? 'reset' : 'end',
  }));

/** The attacks that `seed` makes, the same each time. */
export function attacksOf(seed: number): Attack[] {
  return fc.sample(attack, { seed, numRuns: ATTACKS_PER_SEED });
}

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set([0, ...cuts.map((cut) => Math.floor(cut * text.length)), text.length])];
  const sorted = places.toSorted((a, b) => a - b);
  return sorted.slice(1).map((end, index) => text.slice(sorted[index], end));
}
