import type { PingTally } from '../dataplane/wire.ts';
import type { Row } from './rows.ts';
import { USUAL } from './selection.ts';

/** How a row went. `passed` is false for a skipped row too: it proves nothing. */
export interface Result extends Row {
  readonly passed: boolean;
  readonly durationMs: number;
  readonly error: string | null;
  /** With a data plane: pings sent, answered, and expected to be answered. */
  readonly pings?: PingTally;
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
export function repeatCommand(row: Row): string {
  const flags = (['inventory', 'lifecycle', 'mode', 'profile', 'dataplane', 'variant'] as const)
    .filter((key) => row[key] !== '' && row[key] !== USUAL[key])
    .map((key) => ` --${key} ${row[key].includes(' ') ? `'${row[key]}'` : row[key]}`);
  return `npm run scenarios -- --only ${row.scenario}${flags.join('')}`;
}
