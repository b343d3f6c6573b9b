import { readFileSync } from 'node:fs';
import { workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { FAULTS } from './registry.ts';
import { RuleSet } from './rules.ts';

const KINDS = 'apps/vrouter-agent-sim/src/faults/kinds';
const guide = readFileSync(workspaceFile('docs/guides/faults.md'), 'utf8');
const sections = guide.split(/^(?=##+ )/m);

/** What the guide says of a fault below its name. */
const sectionOf = (name: string): string =>
  sections.find((section) => section.startsWith(`### \`${name}\`\n`)) ?? '';

test('the guide knows no fault that there is none of', () => {
  const named = sections.flatMap((section) => /^### `([\w-]+)`/.exec(section)?.[1] ?? []);
  expect(named.toSorted()).toEqual(Object.keys(FAULTS).toSorted());
});

test.each(Object.keys(FAULTS))('%s has a file, a test, a line, a paragraph and a rule that works', (name) => {
  for (const end of ['.ts', '.test.ts']) expect(() => workspaceFile(`${KINDS}/${name}${end}`)).not.toThrow();
  expect(guide).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
  const [, words = '', rule = ''] =
    /\n\n([^`][\s\S]*?)\n\n```json\n([\s\S]*?)\n```/.exec(sectionOf(name)) ?? [];
  expect(words.length).toBeGreaterThan(100);
  const {
    rules: [parsed],
  } = RuleSet.parse({ rules: [JSON.parse(rule)] });
  expect(parsed?.action.kind).toBe(name);
});
