import { Pool } from 'undici';
import { portOf } from './port-of.ts';
import type { LoadJob, LoadResult } from './protocol.ts';

const HEADERS = { 'content-type': 'application/json' };

/** A process that does nothing but send; one job at a time. */
process.on('message', (job: LoadJob) => {
  void run(job).then((result) => process.send?.(result)); // when it rejects, the process ends and the bench with it
});
process.once('disconnect', () => process.exit()); // nobody is there to ask any more

async function run(job: LoadJob): Promise<LoadResult> {
  const pool = new Pool(job.url, { connections: job.connections, pipelining: 1 });
  const bodies = Array.from({ length: job.requests }, (_, index) => bodyOf(job, index));
  const latenciesMs: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = bodies[next++] ?? '';
      const sentMs = performance.now();
      const answer = await pool.request({ method: 'POST', path: '/port', headers: HEADERS, body });
      await answer.body.dump();
      if (answer.statusCode !== 200)
        throw new Error(`the agent answered ${answer.statusCode}: ${body.slice(0, 200)}`);
      latenciesMs.push(performance.now() - sentMs);
    }
  };
  const beganMs = performance.now();
  await Promise.all(Array.from({ length: job.connections }, client));
  const tookMs = performance.now() - beganMs;
  await pool.close();
  latenciesMs.sort((a, b) => a - b);
  const quantile = (share: number): number => latenciesMs[Math.floor(share * (latenciesMs.length - 1))] ?? 0;
  const portsPerSecond = (job.requests * job.portsPerRequest * 1000) / tookMs;
  return { tookMs, portsPerSecond, latencyMs: { p50: quantile(0.5), p99: quantile(0.99) } };
}

function bodyOf({ firstNumber, portsPerRequest }: LoadJob, index: number): string {
  const first = firstNumber + index * portsPerRequest;
  const ports = Array.from({ length: portsPerRequest }, (_, offset) => portOf(first + offset));
  return JSON.stringify(portsPerRequest === 1 ? ports[0] : ports);
}
