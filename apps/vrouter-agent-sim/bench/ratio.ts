import { median, type BenchRow } from '@vrouter/testkit';

/** The median of what `a` is to `b`, round by round. */
export function ratioRow(
  name: string,
  a: readonly number[],
  b: readonly number[],
  bound: NonNullable<BenchRow['bound']>,
): BenchRow {
  return { name, value: median(a.map((value, index) => value / (b[index] ?? NaN))), unit: 'x', bound };
}
