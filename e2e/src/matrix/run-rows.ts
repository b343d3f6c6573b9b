import { skippedResult, type Result } from './result.ts';
import type { Row } from './rows.ts';

export interface RunOptions {
  /** Rows at a time. */
  readonly jobs: number;
  readonly run: (row: Row) => Promise<Result>;
  /** Why a row cannot run on this machine; undefined when it can. */
  readonly obstacle: (row: Row) => string | undefined;
  readonly onResult: (result: Result) => void;
}

/** Runs `rows`, some at a time, and returns their results in the order of the rows. */
export async function runRows(
  rows: readonly Row[],
  { jobs, run, obstacle, onResult }: RunOptions,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = rows.entries();
  const worker = async (): Promise<void> => {
    for (const [index, row] of queue) {
      const reason = obstacle(row);
      const result = reason === undefined ? await run(row) : skippedResult(row, reason);
      results[index] = result;
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}
