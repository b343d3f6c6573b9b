import { parentPort } from 'node:worker_threads';
import { planOf } from '../plan/plan.ts';
import { runPlan } from '../plan/run.ts';
import type { RunReport } from './pool.ts';

/** One thread of the pool: runs the seeds that it is sent, one at a time. */
parentPort?.on('message', (seed: number) => void run(seed)); // what it rejects with ends the thread, and is told

async function run(seed: number): Promise<void> {
  const { virtualMs, requests, digest, violation, seen } = await runPlan(planOf(seed));
  const failure = violation && { rule: violation.rule, message: violation.message };
  const report: RunReport = { seed, virtualMs, requests, digest, failure, seen: [...seen] };
  parentPort?.postMessage(report, []);
}
