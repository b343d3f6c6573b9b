import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { matrixFailures, vitestFailures } from './failures.ts';

function reportFile(report: unknown): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const file = join(folder.path, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

test('failed tests are named with their file and the first lines of why', () => {
  const why = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  const report = reportFile({
    testResults: [
      {
        name: '/root/a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'holds' },
          { status: 'failed', fullName: 'breaks', failureMessages: [why] },
        ],
      },
      { name: '/root/b.test.ts', status: 'passed', assertionResults: [] },
    ],
  });
  const failures = vitestFailures(report, '/root');
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(/^a\.test\.ts: breaks\n {4}line 0\n/);
  expect(failures[0]).not.toContain('line 30');
});

test('a file that does not load is named too', () => {
  const broken = {
    name: '/root/c.test.ts',
    status: 'failed',
    message: 'no such module',
    assertionResults: [],
  };
  const report = reportFile({ testResults: [broken] });
  expect(vitestFailures(report, '/root')).toEqual(['c.test.ts\n    no such module']);
});

test('failed rows are named; skipped ones are not', () => {
  const row = { scenario: 6, title: 'Vrouter stop', passed: false };
  const report = reportFile([
    { ...row, error: 'port lost' },
    { ...row, error: 'skipped: no simulator' },
    { ...row, passed: true, error: null },
  ]);
  expect(matrixFailures(report)).toEqual(['6 Vrouter stop\n    port lost']);
});

test('a missing report names nothing', () => {
  expect(vitestFailures('/nonexistent/report.json', '/root')).toEqual([]);
  expect(matrixFailures('/nonexistent/report.json')).toEqual([]);
});
