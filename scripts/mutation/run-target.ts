import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { TESTS_VARIABLE } from './in-process-runner.ts';
import { mutantsOf, type Report } from './report.ts';
import type { Mutant } from './score.ts';
import type { Target } from './targets.ts';

/** Below the root; git ignores it, so nothing that a crash leaves there is ever part of the project. */
const CACHE = '.cache/mutation';

export interface RunOptions {
  /** Processes that run tests side by side. */
  readonly workers: number;
  /** Forget what earlier runs found out. */
  readonly fresh: boolean;
}

/** Puts every mutant of `target` to its tests, in a copy of the project. The working folder must be the root. */
export async function runTarget(target: Target, { workers, fresh }: RunOptions): Promise<Mutant[]> {
  const reportFile = join(CACHE, `${target.name}.report.json`);
  process.env[TESTS_VARIABLE] = target.tests.join(' ');
  await new Stryker({
    plugins: [join(import.meta.dirname, 'in-process-runner.ts')],
    packageManager: 'pnpm',
    testRunner: 'in-process',
    mutate: [...target.mutate],
    coverageAnalysis: 'perTest',
    concurrency: workers,
    incremental: true,
    incrementalFile: join(CACHE, `${target.name}.json`),
    force: fresh,
    // It would read ours with an interface that TypeScript 7 has not got.
    tsconfigFile: 'no-tsconfig.json',
    tempDirName: join(CACHE, `sandbox-${target.name}`),
    ignorePatterns: ['.cache', '.tools', '.turbo', 'dist', 'out', 'coverage', 'e2e', 'simulation'],
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: reportFile },
    allowConsoleColors: false,
  }).runMutationTest();
  return mutantsOf(JSON.parse(readFileSync(reportFile, 'utf8')) as Report);
}
