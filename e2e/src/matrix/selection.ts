import { DATAPLANES, MODES, PROFILES, type Row } from './rows.ts';

/** Which rows to run. An absent key selects all, but of modes, profiles and data planes the first. */
export interface Selection {
  /** Scenario numbers. */
  readonly only?: readonly number[];
  readonly inventory?: string;
  readonly lifecycle?: string;
  readonly mode?: string;
  readonly profile?: string;
  readonly dataplane?: string;
  readonly variant?: string;
  /** Of each scenario the first variant only. */
  readonly firstVariant?: boolean;
  readonly shard?: Shard;
}

/** Part `index` (from 1) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

const KEYS = ['inventory', 'lifecycle', 'mode', 'profile', 'dataplane', 'variant'] as const;
type SelectionKey = (typeof KEYS)[number];

/** What runs unless something else is asked for. */
export const USUAL: Readonly<Partial<Record<SelectionKey, string>>> = {
  mode: MODES[0],
  profile: PROFILES[0],
  dataplane: DATAPLANES[0],
};

/** The rows that `selection` names, in order. Shards are dealt like cards, so that each has a bit of everything. */
export function select(rows: readonly Row[], selection: Selection): readonly Row[] {
  const wanted = { ...USUAL, ...selection };
  const firstVariants = new Map(rows.toReversed().map(({ scenario, variant }) => [scenario, variant]));
  const named = rows.filter(
    (row) =>
      (wanted.only ?? [row.scenario]).includes(row.scenario) &&
      (wanted.firstVariant !== true || row.variant === firstVariants.get(row.scenario)) &&
      KEYS.every((key) => (wanted[key] ?? row[key]) === row[key]),
  );
  const { index, count } = wanted.shard ?? { index: 1, count: 1 };
  return named.filter((_, position) => position % count === index - 1);
}
