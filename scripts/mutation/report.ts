import type { Mutant } from './score.ts';

/** What we read of a report in the format of mutation-testing-report-schema. Lines and columns count from 1. */
export interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Reported[] }>
  >;
}

interface Reported {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** A mutant that cannot even be loaded tells nothing of the tests: it is left out. */
const FATES: Readonly<Record<string, Mutant['fate'] | undefined>> = {
  Killed: 'killed',
  Timeout: 'killed',
  Survived: 'survived',
  NoCoverage: 'survived',
};

/** The mutants of `report`, in order of file and place. */
export function mutantsOf(report: Report): Mutant[] {
  return Object.entries(report.files)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([file, { source, mutants }]) => {
      const offsetOf = offsets(source);
      return mutants
        .map(({ status, replacement = '', location: { start, end } }) => ({
          fate: FATES[status],
          file,
          line: start.line,
          from: offsetOf(start),
          original: source.slice(offsetOf(start), offsetOf(end)),
          replacement,
        }))
        .sort((a, b) => a.from - b.from)
        .flatMap(({ fate, from: _from, ...mutant }) => (fate === undefined ? [] : [{ ...mutant, fate }]));
    });
}

function offsets(source: string): (place: Place) => number {
  const begins = [0];
  for (const { index } of source.matchAll(/\n/g)) begins.push(index + 1);
  return ({ line, column }) => (begins[line - 1] ?? source.length) + column - 1;
}
