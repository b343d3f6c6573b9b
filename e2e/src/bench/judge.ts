import type { BenchRow } from '@vrouter/testkit';

/** Whether `row` reached what it must; a value that is no number never does. */
export function isMissed({ value, bound }: BenchRow): boolean {
  if (bound === undefined) return false;
  return 'atLeast' in bound ? !(value >= bound.atLeast) : !(value <= bound.atMost);
}

export function boundText({ bound }: BenchRow): string {
  if (bound === undefined) return '';
  return 'atLeast' in bound ? `at least ${shown(bound.atLeast)}` : `at most ${shown(bound.atMost)}`;
}

/** Three significant digits, or all of a larger whole part. */
export function shown(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
