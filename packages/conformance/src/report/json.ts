import type { Result } from '../run/result.ts';

/**
 * The results as an array of rows. `sent`, `came` and `expected` are those of the step that decided, which is the last
 * one; `steps` has all of them.
 */
export function jsonReport(results: readonly Result[]): string {
  return `${JSON.stringify(results.map(jsonRow), null, 2)}\n`;
}

function jsonRow(result: Result): object {
  const { steps, problem, ...row } = result;
  const last = steps.at(-1);
  const expected = problem?.expected ?? last?.expected.join('; ') ?? null;
  return { ...row, problem, sent: last?.sent ?? null, came: last?.came ?? null, expected, steps };
}
