import { join } from 'node:path';
import { matrixFailures, vitestFailures } from './failures.ts';
import { seedOfCommit } from './seed-of-commit.ts';
import { matrixTally, vitestTally, type Tally } from './tally.ts';

/** One program that tests something, and how to count what it did. */
export interface Part {
  readonly name: string;
  /** Run with the project's Node from the root. */
  readonly args: readonly string[];
  readonly count: (exitCode: number) => Tally;
  /** What failed and how, for the end of the output; nothing when it has no report. */
  readonly failures: () => readonly string[];
}

/** Real pings, in the time that CI has: where they can be sent at all. */
const DATA_PLANE = '--dataplane openvswitch --inventory file --lifecycle link --first-variant'.split(' ');

/** What `npm test` runs; `full` adds what takes long. `folder` takes the reports. */
export function parts(root: string, folder: string, full: boolean): Part[] {
  const list = [unitTests(root, folder), matrix(root, folder, 'usual', full ? ['--require-all'] : [])];
  list.push(
    matrix(root, folder, 'data plane', [...DATA_PLANE, ...(full ? ['--require-all'] : ['--only', '14'])]),
  );
  if (full) {
    for (const profile of ['r3.1', 'r4.1', 'tf']) {
      const flags = ['--profile', profile, '--inventory', 'file', '--lifecycle', 'power', '--require-all'];
      list.push(matrix(root, folder, `profile ${profile}`, flags));
    }
    for (const mode of ['vcenter-only', 'vcenter-as-compute']) {
      const flags = ['--mode', mode, '--lifecycle', 'power', '--first-variant', '--require-all'];
      list.push(matrix(root, folder, `mode ${mode}`, flags));
    }
    const simulation = join(root, 'simulation/src');
    const simulate = join(simulation, 'main.ts');
    // So many that a run of them also fails when something that should happen in them never did.
    list.push(program('simulation, fixed seeds', [simulate, '--seed', '1', '--runs', '400']));
    const seed = `${seedOfCommit(root)}`;
    list.push(program('simulation, new seeds', [simulate, '--seed', seed, '--runs', '200']));
    list.push(program('simulated scenarios', [join(simulation, 'scenarios/main.ts')]));
    list.push(program('simulated mistakes', [join(simulation, 'mutants/main.ts'), '--quick']));
    // Later passings take as long again: CI has a job of its own for all.
    list.push(
      program('crash points, first passings', [join(root, 'e2e/src/crash-points/main.ts'), '--first']),
    );
    list.push(program('crash rounds', [join(root, 'e2e/src/crash-rounds/main.ts'), '--rounds', '20']));
    const campaign = join(root, 'e2e/src/campaign/main.ts');
    // One of each turn: every mode, both inventories, both profiles.
    list.push(program('campaign', [campaign, '--seed', '4', '--rounds', '4', '--require-all']));
  }
  return list;
}

function unitTests(root: string, folder: string): Part {
  const report = join(folder, 'unit.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  return {
    name: 'unit and process tests',
    args: [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    count: () => vitestTally(report),
    failures: () => vitestFailures(report, root),
  };
}

function matrix(root: string, folder: string, name: string, flags: readonly string[]): Part {
  const report = join(folder, `scenarios-${name.replaceAll(' ', '-')}.json`);
  return {
    name: `scenario matrix, ${name}`,
    args: [join(root, 'e2e/src/matrix/main.ts'), '--json', report, ...flags],
    count: () => matrixTally(report),
    failures: () => matrixFailures(report),
  };
}

/** A program whose exit code is all that is known of it. */
function program(name: string, args: readonly string[]): Part {
  return {
    name,
    args,
    count: (exitCode) => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }),
    failures: () => [],
  };
}
