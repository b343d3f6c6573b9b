import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
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
    return { ...loaded, source: mutated(mutant, String(loaded.source)) };
  },
});

const { planOf } = await import('../plan/plan.ts');
const { runPlan } = await import('../plan/run.ts');

parentPort?.postMessage(await report(), []);

async function report(): Promise<MutantReport> {
  let runs = 0;
  for (const seed of seeds) {
    runs += 1;
    const rule = await ruleBroken(seed);
    if (rule !== undefined) return { name: mutant.name, rule, seed, runs };
  }
  return { name: mutant.name, rule: undefined, seed: undefined, runs };
}

async function ruleBroken(seed: number): Promise<string | undefined> {
  try {
    return (await runPlan(planOf(seed))).violation?.rule;
  } catch (error) {
    return `it breaks: ${(error as Error).message}`;
  }
}
