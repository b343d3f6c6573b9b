// npm run mutation [-- --only NAME]   changes the cores one small mistake at a time: do their tests notice?
// npm run mutation -- --docs          the same, and writes docs/reference/mutation.md
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  helpLines,
  parseCommandLine,
  runMain,
  StartError,
  type Flags,
} from '../packages/service-kit/src/index.ts';
import { EXPLAINED } from './mutation/explained.ts';
import { mutationPage } from './mutation/page.ts';
import { runTarget } from './mutation/run-target.ts';
import {
  FILE_PERCENT_MIN,
  mutantLine,
  percentOf,
  SCORE_PERCENT_MIN,
  scoreOf,
  staleReasons,
  weakFiles,
  type Mutant,
} from './mutation/score.ts';
import { TARGETS, type Target } from './mutation/targets.ts';

const FLAGS = {
  only: { value: 'NAME', help: `one of ${TARGETS.map(({ name }) => name).join(', ')}` },
  workers: { value: 'N', help: 'processes that run tests side by side (2)' },
  fresh: { help: 'forget what earlier runs found out; without it only what changed is run again' },
  docs: { help: 'write docs/reference/mutation.md (all targets)' },
  help: { help: 'print this' },
} as const satisfies Flags;

await runMain('mutation', async () => {
  const { values } = parseCommandLine(FLAGS, process.argv.slice(2));
  if (values['help'] === true)
    return say(['Usage: npm run mutation -- [flags]', ...helpLines(FLAGS)].join('\n'));
  const root = dirname(import.meta.dirname);
  process.chdir(root);
  const only = values['only'];
  const targets = TARGETS.filter(({ name }) => only === undefined || name === only);
  if (targets.length === 0)
    throw new StartError('BAD_USAGE', `--only: expected a target, got ${String(only)}`);
  const options = { workers: workersFrom(values['workers']), fresh: values['fresh'] === true };
  const results = new Map<Target, readonly Mutant[]>();
  for (const target of targets) {
    const mutants = await runTarget(target, options);
    results.set(target, mutants);
    if (!report(target, mutants)) process.exitCode = 1;
  }
  if (values['docs'] !== true) return;
  if (targets.length < TARGETS.length) throw new StartError('BAD_USAGE', '--docs needs all targets');
  writeFileSync(join(root, 'docs/reference/mutation.md'), mutationPage(results, EXPLAINED));
});

/** Prints survivors and score; false when it is too low, that of a file is, or a reason is out of date. */
function report(target: Target, mutants: readonly Mutant[]): boolean {
  const score = scoreOf(mutants, EXPLAINED);
  const stale = staleReasons(mutants, EXPLAINED);
  for (const mutant of score.survivors) say(`survives  ${mutantLine(mutant)}`);
  for (const { file, original, replacement } of stale)
    say(`explained, but no survivor: ${file}: ${original} -> ${replacement}`);
  const weak = weakFiles(mutants, EXPLAINED);
  for (const [file, filePercent] of weak) say(`${file}: ${filePercent} % (at least ${FILE_PERCENT_MIN})`);
  const percent = percentOf(score);
  say(
    `${target.name}: ${percent} % (at least ${SCORE_PERCENT_MIN}): ${score.killed} killed, ` +
      `${score.survivors.length} survive, ${score.explained.length} explained`,
  );
  return percent >= SCORE_PERCENT_MIN && stale.length === 0 && weak.length === 0;
}

function workersFrom(value: string | boolean | undefined): number {
  const workers = Number(value ?? 2);
  if (!Number.isInteger(workers) || workers < 1)
    throw new StartError('BAD_USAGE', `--workers: expected a number from 1, got ${String(value)}`);
  return workers;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
