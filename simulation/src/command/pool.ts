import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a thread tells of one run. */
export interface RunReport {
  readonly seed: number;
  readonly virtualMs: number;
  readonly requests: number;
  readonly digest: string;
  readonly failure: { readonly rule: string; readonly message: string } | undefined;
  readonly seen: readonly (readonly [string, number])[];
}

export interface PoolOptions {
  readonly workers: number;
  /** The next seed, or undefined when there is to be no more. */
  readonly next: () => number | undefined;
  readonly onReport: (report: RunReport) => void;
  /** Arguments of Node for the threads. */
  readonly execArgv?: readonly string[];
}

/** Runs seeds on several threads until there are no more. Rejects when a thread breaks. */
export async function runPool({ workers, next, onReport, execArgv = [] }: PoolOptions): Promise<void> {
  const threads = Array.from({ length: workers }, async () => {
    const thread = new Worker(new URL('./pool-thread.ts', import.meta.url), { execArgv: [...execArgv] });
    try {
      for (let seed = next(); seed !== undefined; seed = next()) {
        thread.postMessage(seed, []);
        // `once` rejects when the thread breaks.
        const [report] = (await once(thread, 'message')) as [RunReport];
        onReport(report);
      }
    } finally {
      await thread.terminate();
    }
  });
  await Promise.all(threads);
}
