import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Plan } from '../plan/plan.ts';
import type { Mutant } from './mutant.ts';
import { mutated } from './mutated.ts';

/** Of one mutant: runs seeds until a promise is broken, and tells which, or that none was. */
export interface MutantTask {
  readonly mutant: Mutant;
  readonly seeds: readonly number[];
}

export interface MutantReport {
  readonly name: string;
  /** What caught it; undefined: nothing did. */
  readonly rule: string | undefined;
  readonly seed: number | undefined;
  readonly runs: number;
}

const { mutant, seeds } = workerData as MutantTask;

// Before anything of the project is loaded: the mutant's file is read with the mistake in it.
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${mutant.file}`)) return loaded;
    const { source } = loaded;
    const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
    return { ...loaded, source: mutated(mutant, text) };
  },
});

const { planOf } = await import('../plan/plan.ts');
const { runPlan } = await import('../plan/run.ts');
const { told } = await import('../scenarios/expand.ts');
const { STORIES } = await import('../scenarios/stories.ts');

parentPort?.postMessage(await report(), []);

async function report(): Promise<MutantReport> {
  let runs = 0;
  for (const story of STORIES) {
    runs += 1;
    const rule = await ruleBroken(told(story, 'blueprint').plan);
    if (rule !== undefined) return { name: mutant.name, rule, seed: undefined, runs };
  }
  for (const seed of seeds) {
    runs += 1;
    const rule = await ruleBroken(planOf(seed));
    if (rule !== undefined) return { name: mutant.name, rule, seed, runs };
  }
  return { name: mutant.name, rule: undefined, seed: undefined, runs };
}

async function ruleBroken(plan: Plan): Promise<string | undefined> {
  try {
    return (await runPlan(plan)).violation?.rule;
  } catch (error) {
    return `it breaks: ${(error as Error).message}`;
  }
}
