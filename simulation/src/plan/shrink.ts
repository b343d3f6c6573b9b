import { NO_NETWORK_FAULTS, type NetworkFaults } from '../world/link.ts';
import type { Plan } from './plan.ts';
import { runPlan, type RunResult } from './run.ts';

/** Runs that a shrinking may take. */
const RUNS_MAX = 400;

/** What of a plan is left; the numbers are those of its steps. */
export interface Cut {
  readonly keep: readonly number[];
  readonly without: readonly (keyof NetworkFaults)[];
}

export function cutPlan(plan: Plan, { keep, without }: Cut): Plan {
  const steps = keep.flatMap((index) => plan.steps[index] ?? []);
  const faults = { ...plan.faults, ...Object.fromEntries(without.map((fate) => [fate, 0])) };
  return { ...plan, steps, faults };
}

/** The smallest part of `plan` found that still breaks the rule that `failure` broke, and how it does. */
export async function shrink(plan: Plan, failure: RunResult): Promise<{ cut: Cut; result: RunResult }> {
  let runs = 0;
  let best: { cut: Cut; result: RunResult } = {
    cut: { keep: plan.steps.map((_step, index) => index), without: [] },
    result: failure,
  };
  const attempt = async (cut: Cut): Promise<boolean> => {
    if (runs++ >= RUNS_MAX) return false;
    const result = await runPlan(cutPlan(plan, cut));
    if (result.violation?.rule !== failure.violation?.rule) return false;
    best = { cut, result };
    return true;
  };
  for (const fate of Object.keys(NO_NETWORK_FAULTS) as (keyof NetworkFaults)[])
    if (plan.faults[fate] > 0) await attempt({ ...best.cut, without: [...best.cut.without, fate] });
  for (
    let length = Math.ceil(plan.steps.length / 2);
    length > 0;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let from = 0; from < best.cut.keep.length;) {
      const { keep } = best.cut;
      const shorter = [...keep.slice(0, from), ...keep.slice(from + length)];
      if (!(await attempt({ ...best.cut, keep: shorter }))) from += length;
    }
  }
  return best;
}
