import { RULES } from '@vrouter/testkit/history';
import { planOf } from '../plan/plan.ts';
import { runPlan } from '../plan/run.ts';
import { cutPlan, shrink, type Cut } from '../plan/shrink.ts';
import { repeatCommand } from './command-line.ts';

const HISTORY_LINES_MAX = 120;

/** Runs `seed` here and tells what fails in it, and the shortest history found that fails alike. */
export async function explain(
  seed: number,
  cut: Cut | undefined,
  say: (text: string) => void,
): Promise<boolean> {
  const whole = planOf(seed);
  const plan = cut === undefined ? whole : cutPlan(whole, cut);
  const result = await runPlan(plan);
  if (result.violation === undefined) {
    say(
      `seed ${seed}: ${hours(result.virtualMs)} virtual hours, ${result.requests} requests, ${result.digest}`,
    );
    return true;
  }
  const { rule } = result.violation;
  say(`FAILED: ${result.violation.message}`);
  say(`promise: ${RULES[rule]}`);
  say(`again: ${repeatCommand(seed, cut)}`);
  if (cut !== undefined) return tell(result.lines, say);
  const shortest = await shrink(plan, result);
  say(`a shorter one: ${repeatCommand(seed, shortest.cut)}`);
  for (const step of cutPlan(plan, shortest.cut).steps)
    say(`  after ${step.afterMs} ms: ${step.kind} ${step.number}`);
  return tell(shortest.result.lines, say);
}

function tell(lines: readonly string[], say: (text: string) => void): false {
  if (lines.length > HISTORY_LINES_MAX) say(`its end, of ${lines.length} lines (all: --trace):`);
  for (const line of lines.slice(-HISTORY_LINES_MAX)) say(line);
  return false;
}

export function hours(ms: number): string {
  return (ms / 3_600_000).toFixed(1);
}
