import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { honest, matrixTally, sum, tallyLine, vitestTally } from './tally.ts';

function withReport<T>(report: unknown, read: (file: string) => T): T {
  const folder = temporaryFolder();
  try {
    const file = join(folder.path, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return read(file);
  } finally {
    folder.remove();
  }
}

test('the closing line has the form that is agreed on', () => {
  const total = sum([
    { passed: 3, failed: 0, skipped: 1 },
    { passed: 2, failed: 1, skipped: 0 },
  ]);
  expect(tallyLine(total)).toBe('5 passed, 1 failed, 1 skipped');
});

test('a part that ends badly without a failed test still fails', () => {
  expect(honest({ passed: 9, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
  expect(honest({ passed: 9, failed: 0, skipped: 0 }, 0)).toEqual({ passed: 9, failed: 0, skipped: 0 });
});

test('a missing report counts nothing', () => {
  expect(vitestTally('/nonexistent/report.json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  expect(matrixTally('/nonexistent/report.json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('reports of both kinds are read', () => {
  const unit = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
  expect(withReport(unit, vitestTally)).toEqual({ passed: 4, failed: 1, skipped: 2 });
  const rows = [
    { passed: true, error: null },
    { passed: false, error: 'skipped: no simulator' },
    { passed: false, error: 'lost a port' },
  ];
  expect(withReport(rows, matrixTally)).toEqual({ passed: 1, failed: 1, skipped: 1 });
});
