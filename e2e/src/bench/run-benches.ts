import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFile } from '@vrouter/testkit';
import type { Bench } from './benches.ts';
import type { Command } from './command-line.ts';
import { isMissed } from './judge.ts';
import { machineText, thisMachine } from './machine.ts';
import { markdownPage, missedLines, terminalTable, type NamedResult } from './report.ts';
import { runBench } from './run-bench.ts';

/**
 * Runs what `command` names, one after another, and reports it with `say`. Resolves to whether each ran and reached all
 * that it must; one that fails does not keep the others from being measured.
 */
export async function runBenches(
  benches: Readonly<Record<string, Bench>>,
  { names, rounds, json, docs }: Command,
  say: (text: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const machine = thisMachine();
  say(machineText(machine));
  const results: NamedResult[] = [];
  const complaints: string[] = [];
  for (const name of names) {
    const bench = benches[name];
    if (bench === undefined) throw new Error(`there is no benchmark ${name}`);
    try {
      const measured = await runBench(workspaceFile(bench.file), { rounds, ...(signal && { signal }) });
      const result = { name, title: bench.title, ...measured };
      results.push(result);
      complaints.push(...missedLines(result));
      say(`\n${terminalTable(result)}`);
      if (docs)
        writeFileSync(
          join(workspaceFile('docs/reference'), `bench-${name}.md`),
          markdownPage(result, machine),
        );
    } catch (error) {
      complaints.push(`${name} could not be measured: ${(error as Error).message}`);
    }
  }
  if (json !== undefined) {
    const told = results.map(({ rows, ...result }) => ({
      ...result,
      rows: rows.map((row) => ({ ...row, missed: isMissed(row) })),
    }));
    writeFileSync(json, `${JSON.stringify({ machine, benches: told, complaints }, undefined, 2)}\n`);
  }
  say(complaints.length === 0 ? '\nall bounds reached' : `\n${complaints.join('\n')}`);
  return complaints.length === 0;
}
