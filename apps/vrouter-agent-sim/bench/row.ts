export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it must reach. */
  readonly bound?: { readonly atLeast: number } | { readonly atMost: number };
}
