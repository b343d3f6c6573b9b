import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Mutant } from './mutant.ts';
import type { MutantReport, MutantTask } from './mutant-thread.ts';

/** Runs each of `mutants` on its own thread, several at a time. Rejects when a thread breaks. */
export async function runMutants(
  mutants: readonly Mutant[],
  seedsOf: (mutant: Mutant) => readonly number[],
  workers: number,
  onReport: (report: MutantReport) => void,
): Promise<void> {
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const workerData: MutantTask = { mutant, seeds: seedsOf(mutant) };
      const thread = new Worker(new URL('./mutant-thread.ts', import.meta.url), { workerData });
      try {
        const [report] = (await once(thread, 'message')) as [MutantReport];
        onReport(report);
      } finally {
        await thread.terminate();
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}
