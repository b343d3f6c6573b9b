import type { Result } from '../run/result.ts';

/** The results as an array of rows, each with all its steps. */
export function jsonReport(results: readonly Result[]): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}
