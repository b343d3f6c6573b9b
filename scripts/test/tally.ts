import { existsSync, readFileSync } from 'node:fs';

/** How many tests of a part passed, failed, and were left out. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    NOTHING,
  );
}

/** The closing line; its form is a contract with whoever runs us. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A part that ended badly counts at least one failure, whatever its report says. */
export function honest(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** From vitest's JSON report. */
export function vitestTally(reportFile: string): Tally {
  const report = readReport(reportFile) as Partial<
    Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>
  >;
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** From the rows of the scenario matrix. */
export function matrixTally(reportFile: string): Tally {
  const rows = readReport(reportFile) as readonly {
    readonly passed?: boolean;
    readonly error?: string | null;
  }[];
  if (!Array.isArray(rows)) return NOTHING;
  const skipped = rows.filter((row) => row.error?.startsWith('skipped: ') === true).length;
  const passed = rows.filter((row) => row.passed === true).length;
  return { passed, failed: rows.length - passed - skipped, skipped };
}

function readReport(file: string): unknown {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8'));
}
