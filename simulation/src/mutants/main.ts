#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { helpLines, parseCommandLine, runMain, StartError, type Flags } from '@vrouter/service-kit';
import { MUTANTS } from './all.ts';
import { runMutants } from './run-mutants.ts';
import { SURVIVORS } from './survivors.ts';

/** What caught each mutant last: tried first. */
const KNOWN_FILE = join(import.meta.dirname, 'known-catches.json');

const FLAGS = {
  only: { value: 'TEXT', help: 'only mutants whose name has this in it' },
  seeds: { value: 'N', help: 'seeds that a mutant is given to be caught by, after all stories (60)' },
  quick: { help: 'leave out mutants that were never caught' },
  save: { help: 'remember what caught which mutant' },
  workers: { value: 'N', help: 'threads (one per core)' },
  help: { help: 'print this' },
} as const satisfies Flags;

await runMain('mutants', async () => {
  const { values } = parseCommandLine(FLAGS, process.argv.slice(2));
  if (values['help'] === true)
    return say(['Usage: npm run simulate:mutants -- [flags]', ...helpLines(FLAGS)].join('\n'));
  const known = readKnown();
  const quick = values['quick'] === true;
  const mutants = MUTANTS.filter(
    ({ name }) => name.includes(String(values['only'] ?? '')) && (!quick || known[name] !== undefined),
  );
  if (mutants.length === 0)
    throw new StartError('BAD_USAGE', `mutants: none has ${String(values['only'])} in its name`);
  const seeds = Array.from({ length: Number(values['seeds'] ?? 60) }, (_none, index) => index + 1);
  let [caughtCount, explainedCount, missedCount] = [0, 0, 0];
  await runMutants(
    mutants,
    (mutant) => ({ mutant, known: known[mutant.name], seeds }),
    Number(values['workers'] ?? availableParallelism()),
    ({ name, caught }) => {
      if (caught !== undefined) {
        caughtCount += 1;
        known[name] = caught.by;
        return say(`caught    ${name}: ${caught.rule.split('\n', 1)[0]} (${caught.by})`);
      }
      const why = SURVIVORS[name];
      if (why === undefined) missedCount += 1;
      else explainedCount += 1;
      say(`survives  ${name}${why === undefined ? '' : `: ${why}`}`);
    },
  );
  if (values['save'] === true)
    writeFileSync(KNOWN_FILE, `${JSON.stringify(known, Object.keys(known).sort(), 2)}\n`);
  say(`${mutants.length} mutants: ${caughtCount} caught, ${explainedCount} explained, ${missedCount} missed`);
  if (missedCount > 0) process.exitCode = 1;
});

function readKnown(): Record<string, string> {
  return JSON.parse(readFileSync(KNOWN_FILE, 'utf8')) as Record<string, string>;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
