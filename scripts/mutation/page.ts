import {
  FILE_PERCENT_MIN,
  oneLine,
  percentOf,
  SCORE_PERCENT_MIN,
  scoreOf,
  type Explained,
  type Mutant,
  type Score,
} from './score.ts';
import type { Target } from './targets.ts';

/** Of code; a table has to stay a table. */
const SHOWN_LENGTH_MAX = 90;

/** The page of the last full run, in Markdown: no date and no machine, so that it changes only with the code. */
export function mutationPage(
  results: ReadonlyMap<Target, readonly Mutant[]>,
  reasons: readonly Explained[],
): string {
  const scores = [...results].map(([target, mutants]) => ({
    target,
    mutants,
    score: scoreOf(mutants, reasons),
  }));
  return `# Mutation testing

\`npm run mutation\` makes one small mistake at a time in the wire contract and in the two pure cores, and runs the tests beside
them: a mistake that no test notices is a hole in the tests. The mistakes are [StrykerJS](https://stryker-mutator.io)'s: conditions
turned or fixed, comparisons off by one, arithmetic swapped, calls, blocks and objects emptied, texts and lists changed, patterns
loosened. They are made in a copy of the files, never in the project. At least ${SCORE_PERCENT_MIN} % must be noticed, of each file alone ${FILE_PERCENT_MIN} %; a mutant that
runs into the time limit is, one that cannot even be loaded is left out. This page is written by \`npm run mutation -- --docs\`.

| target | killed | survive | explained | score |
| --- | --- | --- | --- | --- |
${scores.map(({ target, score }) => scoreRow(`${target.title} (\`${target.name}\`)`, score)).join('\n')}

Slow tests, such as the plugin's machine under seeded faults, take no part, though they would notice more: all of this is
noticed by tests that run in milliseconds. What tests of the whole notice is told in [reliability](../reliability.md).
${scores.map(({ target, mutants }) => filesTable(target, mutants, reasons)).join('')}
## Survivors

${survivorsTable(scores.flatMap(({ score }) => score.survivors))}

## Explained

${explainedTable(scores.flatMap(({ score }) => score.explained))}
`;
}

function filesTable(target: Target, mutants: readonly Mutant[], reasons: readonly Explained[]): string {
  const rows = [...new Set(mutants.map(({ file }) => file))].map((file) => {
    const score = scoreOf(
      mutants.filter((mutant) => mutant.file === file),
      reasons,
    );
    return scoreRow(`[\`${file}\`](../../${file})`, score);
  });
  return `
## ${target.title}

| file | killed | survive | explained | score |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function survivorsTable(survivors: Score['survivors']): string {
  if (survivors.length === 0) return 'None.';
  const rows = survivors.map(
    ({ file, line, original, replacement }) =>
      `| [\`${file.split('/').at(-1)}:${line}\`](../../${file}) | ${code(shortened(original))} | ${code(shortened(replacement))} |`,
  );
  return `No fast test notices these, and nobody has said yet why none should: they count against the score.

| place | code | mistake |
| --- | --- | --- |
${rows.join('\n')}`;
}

function shortened(text: string): string {
  const line = oneLine(text);
  return line.length <= SHOWN_LENGTH_MAX ? line : `${line.slice(0, SHOWN_LENGTH_MAX)} …`;
}

function explainedTable(explained: Score['explained']): string {
  if (explained.length === 0) return 'None: every mutant that survives counts.';
  const rows = explained.map(
    ([{ file, line }, { original, replacement, reason }]) =>
      `| [\`${file.split('/').at(-1)}:${line}\`](../../${file}) | ${code(original)} | ${code(replacement)} | ${reason} |`,
  );
  return `No test can, or should, notice these; they count neither way. The list is [\`explained.ts\`](../../scripts/mutation/explained.ts).

| place | code | mistake | why nothing notices |
| --- | --- | --- | --- |
${rows.join('\n')}`;
}

function scoreRow(name: string, score: Score): string {
  const { killed, survivors, explained } = score;
  return `| ${name} | ${killed} | ${survivors.length} | ${explained.length} | ${percentOf(score).toFixed(1)} % |`;
}

function code(text: string): string {
  return `\`\` ${text.replaceAll('|', '\\|')} \`\``;
}
