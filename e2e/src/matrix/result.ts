import type { Row } from './rows.ts';

/** How a row went. `passed` is false for a skipped row too: it proves nothing. */
export interface Result extends Row {
  readonly passed: boolean;
  readonly durationMs: number;
  readonly error: string | null;
}

const SKIPPED = 'skipped: ';

export function skippedResult(row: Row, reason: string): Result {
  return { ...row, passed: false, durationMs: 0, error: `${SKIPPED}${reason}` };
}

export function isSkipped({ error }: Result): boolean {
  return error?.startsWith(SKIPPED) ?? false;
}

/** Does the whole run count as a success? */
export function isSuccess(results: readonly Result[], requireAll: boolean): boolean {
  return results.every((result) => result.passed || (isSkipped(result) && !requireAll));
}

/** The command that runs `row` again and nothing else. */
export function repeatCommand({ scenario, inventory, lifecycle, variant }: Row): string {
  const named = variant === '' ? '' : ` --variant '${variant}'`;
  return `npm run scenarios -- --only ${scenario} --inventory ${inventory} --lifecycle ${lifecycle}${named}`;
}
