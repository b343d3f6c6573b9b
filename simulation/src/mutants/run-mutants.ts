import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Mutant } from './mutant.ts';
import type { MutantReport, MutantTask } from './mutant-thread.ts';

/** Runs each of `mutants` on its own thread, several at a time. Rejects when a thread breaks. */
export async function runMutants(
  mutants: readonly Mutant[],
  taskOf: (mutant: Mutant) => MutantTask,
  workers: number,
  onReport: (report: MutantReport) => void,
): Promise<void> {
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const thread = new Worker(new URL('./mutant-thread.ts', import.meta.url), {
        workerData: taskOf(mutant),
      });
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
