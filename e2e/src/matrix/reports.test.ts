import { expect, test } from 'vitest';
import { junitXml } from './junit.ts';
import { isSuccess, repeatCommand } from './result.ts';
import { FAILED, PASSED, SKIPPED } from './sample-results.ts';
import { resultLine, resultTable, rowTable } from './table.ts';

const ALL = [PASSED, FAILED, SKIPPED];

test('a failure fails the run, a skipped row only when all are required', () => {
  expect(isSuccess([PASSED, SKIPPED], false)).toBe(true);
  expect(isSuccess([PASSED, SKIPPED], true)).toBe(false);
  expect(isSuccess([PASSED, FAILED], false)).toBe(false);
});

test('JUnit: what XML cannot hold is escaped or replaced', () => {
  const xml = junitXml(ALL, false);
  expect(xml).toContain('message="expected &lt;port&gt; &amp; &quot;name&quot;"');
  expect(xml).toContain('&#10;?[31m+ red?[0m \u{1F600}</failure>');
  expect(xml).not.toContain('\u001B');
});

test('JUnit: counts, names and skips', () => {
  const xml = junitXml(ALL, false);
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="0" skipped="1">');
  expect(xml).toContain(
    'name="6 Vrouter stop (or crash) add one port, vrouter start [crash]" time="1.234"/>',
  );
  expect(xml).toContain('<skipped message="skipped: no simulator; to get it: a package"/>');
  expect(junitXml(ALL, true)).toContain('failures="2" errors="0" skipped="0"');
});

test('the table has a line per run and counts at the end', () => {
  const lines = resultTable(ALL).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toMatch(/^passed {3}1\.2 +6 {2}Vrouter stop .*file +power +crash$/);
  expect(lines.at(-1)).toBe('3 runs: 1 passed, 1 failed, 1 skipped');
  expect(rowTable([PASSED]).split('\n')).toHaveLength(2);
  expect(resultLine(FAILED)).toMatch(/^FAILED {2}6 .*\(file, power, crash\) in 0\.0 s$/);
});

test('a failed run can be repeated alone', () => {
  expect(repeatCommand(FAILED)).toBe(
    'npm run scenarios -- --only 6 --inventory file --lifecycle power --variant crash',
  );
  const unusual = { ...FAILED, profile: 'tf', variant: 'stop, agents first' };
  expect(repeatCommand(unusual)).toMatch(/--lifecycle power --profile tf --variant 'stop, agents first'$/);
  expect(resultLine(unusual)).toContain('(file, power, tf, stop, agents first)');
});
