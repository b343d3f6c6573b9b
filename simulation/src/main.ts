#!/usr/bin/env node
import { randomInt } from 'node:crypto';
import { runMain } from '@vrouter/service-kit';
import { HELP, parseCommand, type Command } from './command/command-line.ts';
import { explain, hours } from './command/explain.ts';
import { runPool, type RunReport } from './command/pool.ts';
import { planOf } from './plan/plan.ts';
import { runPlan } from './plan/run.ts';
import { cutPlan } from './plan/shrink.ts';
import { Coverage } from './report/coverage.ts';

const SEED_MAX = 2 ** 32;
/** So many runs have seen everything. */
const COVERING_RUNS = 400;

await runMain('simulate', async () => {
  const command = parseCommand(process.argv.slice(2), () => randomInt(SEED_MAX / 2));
  if (command.help) return say(HELP);
  const { seed, cut, trace, runs } = command;
  if (trace) {
    const plan = planOf(seed);
    const { lines } = await runPlan(cut === undefined ? plan : cutPlan(plan, cut));
    return say(lines.join('\n'));
  }
  const passed = runs === 1 ? await explain(seed, cut, say) : await many(command);
  if (!passed) process.exitCode = 1;
});

async function many({ seed, runs, timeMs, workers }: Command): Promise<boolean> {
  const beganMs = performance.now();
  const coverage = new Coverage();
  let begun = 0;
  let done = 0;
  let virtualMs = 0;
  let requests = 0;
  let failed: RunReport | undefined;
  say(`seeds from ${seed} on, ${workers} threads`);
  await runPool({
    workers,
    next: () =>
      failed !== undefined || begun >= runs || performance.now() - beganMs >= timeMs
        ? undefined
        : seed + begun++,
    onReport: (report) => {
      done += 1;
      virtualMs += report.virtualMs;
      requests += report.requests;
      coverage.add(report.seen);
      if (report.failure !== undefined && (failed === undefined || report.seed < failed.seed))
        failed = report;
    },
  });
  const seconds = (performance.now() - beganMs) / 1000;
  for (const line of coverage.lines()) say(line);
  say(
    `${done} runs, ${hours(virtualMs)} virtual hours, ${requests} requests in ${seconds.toFixed(1)} s: ` +
      `${(virtualMs / 3_600_000 / seconds).toFixed(1)} virtual hours per second, ` +
      `${Math.round(virtualMs / 60_000 / seconds)} per minute`,
  );
  if (failed !== undefined) return explain(failed.seed, undefined, say);
  if (done < COVERING_RUNS || coverage.missing.length === 0) return true;
  say('FAILED: some of what should happen never did');
  return false;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
