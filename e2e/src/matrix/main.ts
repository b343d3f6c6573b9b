import { writeFileSync } from 'node:fs';
import { vcenterSimAvailable } from '@vrouter/testkit';
import { runCommand, say } from '../command/run-command.ts';
import { UsageError } from '../command/usage.ts';
import { dataPlaneObstacle } from '../dataplane/available.ts';
import { HELP, parseCommand, type Command } from './command-line.ts';
import { junitXml } from './junit.ts';
import { isSkipped, isSuccess, type Result } from './result.ts';
import { allRows, type Row } from './rows.ts';
import { runRow } from './run-row.ts';
import { runRows } from './run-rows.ts';
import { select } from './selection.ts';
import { resultLine, resultTable, rowTable } from './table.ts';

const EXIT_FAILED = 1;

await runCommand({
  name: 'scenarios',
  help: HELP,
  parse: () => parseCommand(process.argv.slice(2), process.env),
  run: main,
});

async function main(command: Command): Promise<number> {
  const rows = select(allRows(), command.selection);
  // An empty shard is fine: there may be more of them than rows. Flags that fit no row are a mistake.
  if (rows.length === 0 && command.selection.shard === undefined) {
    throw new UsageError('no run fits these flags; --list shows what there is');
  }
  if (!command.list) return run(rows, command);
  list(rows, command);
  return 0;
}

function list(rows: readonly Row[], { json }: Command): void {
  if (json === undefined) say(rowTable(rows));
  else if (json === '-') say(JSON.stringify(rows, null, 2));
  else writeJson(json, rows);
}

async function run(rows: readonly Row[], command: Command): Promise<number> {
  const results = await runRows(rows, { jobs: command.jobs, run: runRow, obstacle, onResult: report });
  if (command.json !== undefined) writeJson(command.json, results);
  if (command.junit !== undefined) writeFileSync(command.junit, junitXml(results, command.requireAll));
  say(`\n${resultTable(results)}`);
  const skipped = results.find(isSkipped);
  if (skipped !== undefined) say(skipped.error ?? '');
  return isSuccess(results, command.requireAll) ? 0 : EXIT_FAILED;
}

function report(result: Result): void {
  say(resultLine(result));
  if (!result.passed && !isSkipped(result)) say(`${result.error}\n`);
}

/** What a row needs and this machine has not. */
function obstacle({ inventory, dataplane }: Row): string | undefined {
  const reason = dataplane === 'openvswitch' ? dataPlaneObstacle() : undefined;
  if (reason !== undefined) return reason;
  if (inventory !== 'vsphere') return undefined;
  const simulator = vcenterSimAvailable();
  return simulator.available ? undefined : `${simulator.reason}; to get it: ${simulator.remedy}`;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
