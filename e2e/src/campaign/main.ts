import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { runCommand, say } from '../command/run-command.ts';
import { HELP, parseCommand, repeatCommand, type Command } from './command-line.ts';
import { sweepDisks } from './machine/disks.ts';
import { lookAtMachine } from './machine/machine.ts';
import { planOf, type Plan } from './plan/plan.ts';
import { settingText } from './plan/setting.ts';
import { playRound, type RoundResult } from './round.ts';

const EXIT_FAILED = 1;
const EXIT_INTERRUPTED = 130;
const SEED_MAX = 2 ** 31;

// Without these, no exit handler would take the disks away.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => process.exit(EXIT_INTERRUPTED));

await runCommand({
  name: 'campaign',
  help: HELP,
  parse: () => parseCommand(process.argv.slice(2), () => randomInt(SEED_MAX)),
  run: main,
});

interface Row extends RoundResult {
  readonly seed: number;
  readonly setting: Plan['setting'];
}

async function main({ seed, rounds, timeMs, given, json, requireAll }: Command): Promise<number> {
  const beganMs = performance.now();
  for (const path of sweepDisks()) say(`taken away, left behind by a campaign that was killed: ${path}`);
  const { can, leftOut } = lookAtMachine();
  for (const what of leftOut) say(`LEFT OUT ${what}`);
  const rows: Row[] = [];
  const isOver = (): boolean => rows.length >= rounds || performance.now() - beganMs >= timeMs;
  if (requireAll && leftOut.length > 0) say('FAILED: everything is required here');
  else
    while (!isOver() && rows.at(-1)?.failure === undefined) {
      const plan = planOf((seed + rows.length) % 2 ** 32, given, can);
      say(`round ${rows.length + 1}, seed ${plan.seed}: ${settingText(plan.setting)}`);
      const row = { seed: plan.seed, setting: plan.setting, ...(await playRound(plan, can)) };
      rows.push(row);
      tell(row, repeatCommand(plan.seed, given));
    }
  const passed = rows.length > 0 && rows.every(({ failure }) => failure === undefined);
  const durationMs = Math.round(performance.now() - beganMs);
  say(`${rows.length} rounds ${passed ? 'passed' : 'FAILED'} in ${(durationMs / 1000).toFixed(0)} s`);
  if (json !== undefined) {
    const report = { seed, passed, durationMs, leftOut, rounds: rows };
    writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return passed ? 0 : EXIT_FAILED;
}

function tell({ failure, ...row }: Row, again: string): void {
  const { troubles, changes, requests, tables, addresses, convergedMs, memoryMb } = row;
  say(
    `  ${troubles} troubles, ${changes} changes in vCenter, ${requests} requests to agents, ${tables} tables and ${addresses} addresses checked; ` +
      `as desired ${(convergedMs / 1000).toFixed(1)} s after the last trouble; ${memoryMb} MB at most`,
  );
  if (failure === undefined) return;
  for (const line of failure.lines) say(`    ${line}`);
  say(`FAILED ${failure.error}\nhistory, logs, requests and states: ${failure.folder}\nagain: ${again}`);
}
