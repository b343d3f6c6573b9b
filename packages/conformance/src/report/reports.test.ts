import { expect, test } from 'vitest';
import type { Result } from '../run/result.ts';
import { SAMPLE_RESULTS } from '../testing/sample-results.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitXml } from './junit.ts';
import { resultLine, summary } from './table.ts';

test('the page runs nothing, loads nothing, and shows what came as text', () => {
  const page = htmlReport(SAMPLE_RESULTS, 'http://agent, profile <blueprint>');
  expect(page).not.toMatch(/<script|<link|https?:\/\/(?!agent)| src=/);
  expect(page).toContain('&lt;script&gt;');
  expect(page).toContain('profile &lt;blueprint&gt;');
  expect(page).toContain('1 passed, 1 failed, 1 left out');
  expect(page.match(/<details class="failed" open>/g)).toHaveLength(1);
  expect(page).toContain('Behaviour 43: What must be an integer');
  expect(page).not.toContain('\u0000');
});

test('JUnit has a case per check, with its failure or what it lacks', () => {
  const xml = junitXml(SAMPLE_RESULTS);
  expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1"');
  expect(xml).toContain(
    'classname="conformance.blueprint.add-reject" name="bad [43] a &lt;b&gt; &amp; &quot;c&quot; are',
  );
  expect(xml).toContain('time="1.234"');
  expect(xml).toContain('<failure message="status: expected 400, got 200 &lt;&amp;&gt;?">');
  expect(xml).toContain('<skipped message="needs --restart-command CMD"/>');
  expect(xml).not.toContain('\u0000');
});

test('JSON has every row: what was sent, what came, what was expected, and all steps', () => {
  const rows = JSON.parse(jsonReport(SAMPLE_RESULTS)) as object[];
  expect(rows).toMatchObject(SAMPLE_RESULTS);
  expect(rows[0]).toMatchObject({ sent: null, came: null, expected: null });
  expect(rows[1]).toMatchObject({ expected: '400', came: 'HTTP/1.1 200 OK\r\n\r\n{}' });
});

test('the terminal shows each check in a line, and what failed again at the end', () => {
  const [good, bad, left] = SAMPLE_RESULTS.map(resultLine);
  expect(good).toBe('  ok   add-reject/good [43] all is well');
  expect(bad).toMatch(/^ {2}FAIL add-reject\/bad .*\n {9}status: expected 400/);
  expect(left).toMatch(/^ {2}- {4}restart\/not-run/);
  const text = summary(SAMPLE_RESULTS);
  expect(text).toContain('FAIL add-reject/bad\nfact 43: a <b>');
  expect(text).toContain('  | POST /port HTTP/1.1\n  | \n  | {"a"');
  expect(text).toContain(
    'add-reject  1 passed, 1 failed, 0 left out\nrestart     0 passed, 0 failed, 1 left out',
  );
  expect(text).toContain('\n1 left out for want of --restart-command CMD, which');
  expect(text.endsWith('1 passed, 1 failed, 1 left out')).toBe(true);
});

test('nothing to report is reported', () => {
  const none: readonly Result[] = [];
  expect(summary(none)).toBe('0 passed, 0 failed, 0 left out');
  expect(junitXml(none)).toContain('tests="0"');
  expect(htmlReport(none, '')).toContain('0 passed');
});
