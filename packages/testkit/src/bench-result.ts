import { z } from 'zod';

/** What a measured value must reach; without one it is told for information. */
const Bound = z.union([z.strictObject({ atLeast: z.number() }), z.strictObject({ atMost: z.number() })]);

const BenchRow = z.strictObject({
  name: z.string().min(1),
  /** The median over all rounds, unless its name says otherwise. */
  value: z.number(),
  /** `x` for ratios. */
  unit: z.string(),
  bound: Bound.optional(),
});

/** What a benchmark prints on standard output, as JSON and alone; `npm run bench` collects it. */
export const BenchResult = z.strictObject({
  /** How it was measured, in whole sentences. */
  method: z.string().min(1),
  rounds: z.int().min(1),
  rows: z.array(BenchRow).min(1),
});

export type BenchRow = z.infer<typeof BenchRow>;
export type BenchResult = z.infer<typeof BenchResult>;

/** The middle one; of two in the middle, the lower. NaN for none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
