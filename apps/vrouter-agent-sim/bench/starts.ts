import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median, type BenchRow } from '@vrouter/testkit';
import { startAgentProcess } from './agent-process.ts';
import { memoryAfterAdds } from './memory.ts';
import type { BenchOptions } from './options.ts';
import { ratioRow } from './ratio.ts';
import { measureLoadMs, measureSweep, readOneFileMs, savePorts } from './start.ts';

const MIB = 1024 * 1024;
const SWEPT_PORTS = 50_000;

/** How an agent starts with many saved ports, what it takes in memory then, and how it sweeps them. */
export async function benchStart({ rounds, ports, folder }: BenchOptions): Promise<BenchRow[]> {
  const base = mkdtempSync(join(folder, 'bench-start-'));
  const stateDir = join(base, 'state');
  const onePath = join(base, 'one.json');
  try {
    savePorts(stateDir, onePath, ports);
    const firstLoadMs = await measureLoadMs(stateDir);
    const readMs: number[] = [];
    const loadMs: number[] = [];
    const readyMs: number[] = [];
    const rssMiB: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      readMs.push(readOneFileMs(onePath));
      loadMs.push(await measureLoadMs(stateDir));
      const agent = await startAgentProcess(stateDir);
      readyMs.push(agent.readyMs);
      rssMiB.push(agent.rssBytes() / MIB);
      await agent.stop();
    }
    const addedMiB = (await memoryAfterAdds(folder, ports)) / MIB;
    const name = `${ports} ports`;
    const memoryBound = { atMost: 120 + ports / 1024 };
    return [
      { name: `${name}: read and parse one file`, value: median(readMs), unit: 'ms' },
      { name: `${name}: load`, value: median(loadMs), unit: 'ms' },
      { name: `${name}: load when every file was changed by others`, value: firstLoadMs, unit: 'ms' },
      ratioRow('load : read and parse one file', loadMs, readMs, { atMost: 6 }),
      { name: `${name}: ready`, value: median(readyMs), unit: 'ms', bound: { atMost: 3000 } },
      { name: `${name}: memory after a start`, value: median(rssMiB), unit: 'MiB', bound: memoryBound },
      { name: `${name}: memory after they were added`, value: addedMiB, unit: 'MiB', bound: memoryBound },
      await sweepRow(base),
    ];
  } finally {
    rmSync(base, { recursive: true });
  }
}

async function sweepRow(base: string): Promise<BenchRow> {
  const stateDir = join(base, 'to-sweep');
  savePorts(stateDir, join(base, 'unused.json'), SWEPT_PORTS);
  const value = await measureSweep(stateDir);
  return {
    name: `${SWEPT_PORTS} ports: longest pause during their sweep`,
    value,
    unit: 'ms',
    bound: { atMost: 50 },
  };
}
