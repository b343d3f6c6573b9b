import { expect, test } from 'vitest';
import type { Result } from './result.ts';
import { allRows, type Row } from './rows.ts';
import { runRows } from './run-rows.ts';

const rows = allRows().slice(0, 7);
const passed = (row: Row): Result => ({ ...row, passed: true, durationMs: 1, error: null });

test('never more rows at a time than jobs, and results in the order of the rows', async () => {
  let running = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  const results = await runRows(rows, {
    jobs: 3,
    obstacle: () => undefined,
    onResult: () => undefined,
    async run(row) {
      running += 1;
      most = Math.max(most, running);
      // Ends in reverse: the newest of three first.
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      if (waiting.length === 3 || row === rows.at(-1)) for (const end of waiting.splice(0).reverse()) end();
      await promise;
      running -= 1;
      return passed(row);
    },
  });
  expect(most).toBe(3);
  expect(results).toEqual(rows.map(passed));
});

test('a row with an obstacle is not run and says why', async () => {
  const seen: Result[] = [];
  const [first] = await runRows(rows.slice(0, 1), {
    jobs: 1,
    obstacle: () => 'no simulator',
    run: () => Promise.reject(new Error('must not run')),
    onResult: (result) => seen.push(result),
  });
  expect(first).toMatchObject({ passed: false, durationMs: 0, error: 'skipped: no simulator' });
  expect(seen).toEqual([first]);
});
