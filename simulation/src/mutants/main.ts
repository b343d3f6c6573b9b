#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { helpLines, parseCommandLine, runMain, StartError, type Flags } from '@vrouter/service-kit';
import { MUTANTS } from './all.ts';
import type { Mutant } from './mutant.ts';
import { runMutants } from './run-mutants.ts';
import { SURVIVORS } from './survivors.ts';

/** The seed that caught each mutant last: tried first. */
const KNOWN_FILE = join(import.meta.dirname, 'known-seeds.json');

const FLAGS = {
  only: { value: 'TEXT', help: 'only mutants whose name has this in it' },
  seeds: { value: 'N', help: 'seeds that a mutant is given to be caught by (80)' },
  save: { help: 'remember which seed caught which mutant' },
  workers: { value: 'N', help: 'threads (one per core)' },
  help: { help: 'print this' },
} as const satisfies Flags;

await runMain('mutants', async () => {
  const { values } = parseCommandLine(FLAGS, process.argv.slice(2));
  if (values['help'] === true)
    return say(['Usage: npm run simulate:mutants -- [flags]', ...helpLines(FLAGS)].join('\n'));
  const mutants = MUTANTS.filter(({ name }) => name.includes(String(values['only'] ?? '')));
  if (mutants.length === 0)
    throw new StartError('BAD_USAGE', `mutants: none has ${String(values['only'])} in its name`);
  const seeds = Array.from({ length: Number(values['seeds'] ?? 80) }, (_none, index) => index + 1);
  const known = readKnown();
  const seedsOf = ({ name }: Mutant): number[] => [...new Set([known[name] ?? [], seeds].flat())];
  const survived: string[] = [];
  await runMutants(mutants, seedsOf, Number(values['workers'] ?? availableParallelism()), (report) => {
    const { name, rule, seed, runs } = report;
    if (rule !== undefined)
      return say(
        `caught    ${name}: ${rule.split('\n', 1)[0]} (${seed === undefined ? `story ${100 + 2 * runs}` : `seed ${seed}`})`,
      );
    if (SURVIVORS[name] === undefined) survived.push(name);
    say(`survives  ${name}${SURVIVORS[name] === undefined ? '' : `: ${SURVIVORS[name]}`}`);
  });
  if (values['save'] === true) writeFileSync(KNOWN_FILE, `${JSON.stringify(known, null, 2)}\n`);
  say(`${mutants.length} mutants, ${survived.length} survive that should be caught`);
  if (survived.length > 0) process.exitCode = 1;
});

function readKnown(): Record<string, number> {
  return JSON.parse(readFileSync(KNOWN_FILE, 'utf8')) as Record<string, number>;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
