import type { Row } from './rows.ts';

/** Which rows to run; an absent key selects all. */
export interface Selection {
  /** Scenario numbers. */
  readonly only?: readonly number[];
  readonly inventory?: string;
  readonly lifecycle?: string;
  readonly mode?: string;
  readonly profile?: string;
  readonly variant?: string;
  readonly shard?: Shard;
}

/** Part `index` (from 1) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

const KEYS = ['inventory', 'lifecycle', 'mode', 'profile', 'variant'] as const;

/** The rows that `selection` names, in order. Shards are dealt like cards, so that each has a bit of everything. */
export function select(rows: readonly Row[], selection: Selection): readonly Row[] {
  const named = rows.filter(
    (row) =>
      (selection.only ?? [row.scenario]).includes(row.scenario) &&
      KEYS.every((key) => (selection[key] ?? row[key]) === row[key]),
  );
  const { index, count } = selection.shard ?? { index: 1, count: 1 };
  return named.filter((_, position) => position % count === index - 1);
}
