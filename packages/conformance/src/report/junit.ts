import { count, type Result } from '../run/result.ts';
import { escaped } from './escape.ts';
import { topicOf } from './table.ts';

/** The results as JUnit XML: one suite, a class per topic. */
export function junitXml(results: readonly Result[]): string {
  const { failed, leftOut } = count(results);
  const counts = `tests="${results.length}" failures="${failed}" errors="0" skipped="${leftOut}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="conformance" ${counts}>`,
    ...results.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ name, fact, title, profile, durationMs, problem, leftOut, steps }: Result): string {
  const topic = topicOf(name);
  const label = attribute(`${name.slice(topic.length + 1)} [${fact}] ${title}`);
  const time = (durationMs / 1000).toFixed(3);
  const open = `    <testcase classname="conformance.${profile}.${topic}" name="${label}" time="${time}"`;
  if (leftOut !== null) return `${open}><skipped message="${attribute(leftOut.reason)}"/></testcase>`;
  if (problem === null) return `${open}/>`;
  const last = steps.at(-1);
  const details = `${problem.message}\n\nsent:\n${last?.sent ?? ''}\n\ncame:\n${last?.came ?? ''}`;
  return `${open}><failure message="${attribute(problem.message)}">${escaped(details)}</failure></testcase>`;
}

function attribute(text: string): string {
  return escaped(text).replaceAll('\n', '&#10;');
}
