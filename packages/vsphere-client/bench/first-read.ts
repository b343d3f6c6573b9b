import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startVcenterSim } from '@vrouter/testkit';
import { downloadAndParse } from './download-and-parse.ts';
import { readOnce } from './read-once.ts';

const run = promisify(execFile);
const MEMORY_CHILD = fileURLToPath(new URL('./memory-child.ts', import.meta.url));
const CHILD_TIME_MS_MAX = 120_000;

// first-read.ts [ROUNDS]
export interface FirstReadResult {
  /** The first read of everything, as multiples of downloading the same answer and parsing it with no handlers. */
  readonly ratio: number;
  /** Resident memory at its highest during the first read, less that before it. */
  readonly growthMiB: number;
  readonly firstReadMs: readonly number[];
  readonly downloadAndParseMs: readonly number[];
  readonly growthsMiB: readonly number[];
}

/**
 * Side by side, in turns, against one simulator of 100 hosts and 2,000 VMs. The shortest times count, and the median of
 * the memory: whatever else the machine does only ever adds to a time.
 */
export async function firstRead(rounds = 5): Promise<FirstReadResult> {
  const sim = await startVcenterSim({ generated: { hosts: 100, vms: 2_000, portGroups: 50 } });
  const { url, username, password } = sim;
  const target = { url, username, password };
  try {
    const firstReadMs: number[] = [];
    const downloadAndParseMs: number[] = [];
    const growthsMiB: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const turns = [
        async () => downloadAndParseMs.push(await downloadAndParse(target)),
        async () => firstReadMs.push(await readOnce(target)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
      const { stdout } = await run(process.execPath, [MEMORY_CHILD, url, username, password], {
        timeout: CHILD_TIME_MS_MAX,
      });
      growthsMiB.push(Number(stdout) / 2 ** 20);
    }
    return {
      ratio: Math.min(...firstReadMs) / Math.min(...downloadAndParseMs),
      growthMiB: median(growthsMiB),
      firstReadMs,
      downloadAndParseMs,
      growthsMiB,
    };
  } finally {
    await sim.stop();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , rounds = '5'] = process.argv;
  process.stdout.write(`${JSON.stringify(await firstRead(Number(rounds)), undefined, 2)}\n`);
}
