import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child.ts';
import { startAgentProcess } from './agent-process.ts';
import { ARRAY, CONNECTIONS } from './options.ts';
import type { LoadJob, LoadResult } from './protocol.ts';

/** What an agent takes in memory (bytes) right after `ports` ports were added to it, the last of them one by one. */
export async function memoryAfterAdds(folder: string, ports: number): Promise<number> {
  const stateDir = mkdtempSync(join(folder, 'bench-memory-'));
  const sender = new Child<LoadJob, LoadResult>('load.ts');
  const agent = await startAgentProcess(stateDir);
  try {
    const singles = Math.ceil(ports / 10);
    const arrays = Math.ceil((ports - singles) / ARRAY);
    const job = { url: agent.url, connections: CONNECTIONS };
    await sender.ask({ ...job, requests: arrays, portsPerRequest: ARRAY, firstNumber: 1 });
    await sender.ask({ ...job, requests: singles, portsPerRequest: 1, firstNumber: arrays * ARRAY + 1 });
    return agent.rssBytes();
  } finally {
    sender.kill();
    await agent.stop();
    rmSync(stateDir, { recursive: true });
  }
}
