import { join } from 'node:path';
import { matrixTally, vitestTally, type Tally } from './tally.ts';

/** One program that tests something, and how to count what it did. */
export interface Part {
  readonly name: string;
  /** Run with the project's Node from the root. */
  readonly args: readonly string[];
  readonly count: (exitCode: number) => Tally;
}

/** What `npm test` runs; `full` adds what takes long. `folder` takes the reports. */
export function parts(root: string, folder: string, full: boolean): Part[] {
  const unit = join(folder, 'unit.json');
  const matrix = join(folder, 'scenarios.json');
  const list: Part[] = [
    {
      name: 'unit and process tests',
      args: [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${unit}`,
      ],
      count: () => vitestTally(unit),
    },
    {
      name: 'scenario matrix',
      args: [join(root, 'e2e/src/matrix/main.ts'), '--json', matrix, ...(full ? ['--require-all'] : [])],
      count: () => matrixTally(matrix),
    },
  ];
  if (full) {
    list.push({
      name: 'crash rounds',
      args: [join(root, 'e2e/src/crash-rounds/main.ts'), '--rounds', '20'],
      count: (exitCode) => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }),
    });
  }
  return list;
}
