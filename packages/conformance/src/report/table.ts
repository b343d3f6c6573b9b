import { NEEDS } from '../needs.ts';
import { count, countText, type Result } from '../run/result.ts';

const SIGN = { passed: 'ok  ', failed: 'FAIL', 'left out': '-   ' } as const;

/** One check as it ends. */
export function resultLine({ name, fact, title, outcome, problem }: Result): string {
  const line = `  ${SIGN[outcome]} ${name} [${fact}] ${title}`;
  return problem === null ? line : `${line}\n         ${problem.message}`;
}

/** Everything that failed, with what was sent and what came, and how it all ended. */
export function summary(results: readonly Result[]): string {
  const failed = results.filter((result) => result.outcome === 'failed');
  return [...failed.map(failure), topicTable(results), leftOut(results), countText(count(results))]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The topic of a check: what stands before the slash. */
export function topicOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

function failure({ name, fact, title, problem, steps }: Result): string {
  const last = steps.at(-1);
  const lines = [`FAIL ${name}`, `fact ${fact}: ${title}`, `problem: ${problem?.message}`];
  if (last !== undefined) lines.push(`sent:`, indented(last.sent), 'came:', indented(last.came));
  return lines.join('\n');
}

function topicTable(results: readonly Result[]): string {
  const topics = [...new Set(results.map(({ name }) => topicOf(name)))];
  const width = Math.max(0, ...topics.map((topic) => topic.length));
  return topics
    .map((topic) => {
      const own = results.filter(({ name }) => topicOf(name) === topic);
      return `${topic.padEnd(width)}  ${countText(count(own))}`;
    })
    .join('\n');
}

/** What would bring the checks in that were left out: for each thing, how many want it. One may want several. */
function leftOut(results: readonly Result[]): string {
  const counts = new Map<string, number>();
  const want = (text: string): Map<string, number> => counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const { leftOut: why } of results) {
    for (const need of why?.needs ?? []) want(`left out for want of ${NEEDS[need]}`);
    if (why?.needs.length === 0) want(`left out: ${why.reason}`);
  }
  return [...counts].map(([text, number]) => `${number} ${text}`).join('\n');
}

function indented(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `  | ${line}`)
    .join('\n');
}
