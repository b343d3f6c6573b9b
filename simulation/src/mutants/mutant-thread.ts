import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Plan } from '../plan/plan.ts';
import type { Mutant } from './mutant.ts';
import { mutated } from './mutated.ts';

/** Of one mutant: goes through stories and seeds until a promise is broken, and tells which, or that none was. */
export interface MutantTask {
  readonly mutant: Mutant;
  /** What caught it last, tried first. */
  readonly known: string | undefined;
  readonly seeds: readonly number[];
}

export interface MutantReport {
  readonly name: string;
  /** What caught it, and which promise was broken; undefined: nothing did. */
  readonly caught: { readonly by: string; readonly rule: string } | undefined;
}

const { mutant, known, seeds } = workerData as MutantTask;

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
  const { name } = mutant;
  for (const [by, planned] of trials()) {
    const rule = await ruleBroken(planned());
    if (rule !== undefined) return { name, caught: { by, rule } };
  }
  return { name, caught: undefined };
}

/** What may catch it, by name. */
function* trials(): Generator<[string, () => Plan]> {
  const all = new Map<string, () => Plan>();
  for (const profile of ['blueprint', 'tf'] as const)
    for (const story of STORIES) {
      const { name, plan } = told(story, profile);
      all.set(name.replace(/^\d+ /, ''), () => plan);
    }
  for (const seed of seeds) all.set(`seed ${seed}`, () => planOf(seed));
  if (known !== undefined) {
    const seed = Number(/^seed (\d+)$/.exec(known)?.[1]);
    const first = Number.isNaN(seed) ? all.get(known) : (): Plan => planOf(seed);
    if (first !== undefined) yield [known, first];
  }
  yield* all;
}

async function ruleBroken(plan: Plan): Promise<string | undefined> {
  try {
    return (await runPlan(plan)).violation?.rule;
  } catch (error) {
    return `it breaks: ${(error as Error).message}`;
  }
}
