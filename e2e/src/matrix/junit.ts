import { isSkipped, type Result } from './result.ts';

/** The results as JUnit XML, which every CI can show. A skipped row that is required is a failure there too. */
export function junitXml(results: readonly Result[], requireAll: boolean): string {
  const skips = (result: Result): boolean => isSkipped(result) && !requireAll;
  const skipped = results.filter(skips).length;
  const failed = results.filter((result) => !result.passed).length - skipped;
  const counts = `tests="${results.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="scenarios" ${counts}>`,
    ...results.map((result) => testCase(result, skips(result))),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(result: Result, skips: boolean): string {
  const { scenario, title, inventory, lifecycle, mode, profile, dataplane, variant, durationMs, error } =
    result;
  const name = variant === '' ? `${scenario} ${title}` : `${scenario} ${title} [${variant}]`;
  const group = `scenarios.${inventory}.${lifecycle}.${mode}.${profile}.${dataplane}`;
  const open = `    <testcase classname="${group}" name="${escaped(name)}" time="${(durationMs / 1000).toFixed(3)}"`;
  if (error === null) return `${open}/>`;
  const [firstLine = ''] = error.split('\n');
  const body = skips
    ? `<skipped message="${escaped(error)}"/>`
    : `<failure message="${escaped(firstLine)}">${escaped(error)}</failure>`;
  return `${open}>${body}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Safe in text and in attributes. Characters that XML 1.0 cannot hold at all, such as terminal colours, become `?`. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}
