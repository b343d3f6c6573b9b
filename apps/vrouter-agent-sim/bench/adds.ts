import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median, waitFor, type BenchRow } from '@vrouter/testkit';
import { Child } from './child.ts';
import { ARRAY, CONNECTIONS, type BenchOptions } from './options.ts';
import { startPrism } from './prism.ts';
import type { LoadJob, LoadResult, ServerAnswer, ServerKind, ServerQuestion } from './protocol.ts';
import { ratioRow } from './ratio.ts';

const WARM_UP_NUMBER = 10_000_000;
const FILES_MS_MAX = 300_000;

type Sender = Child<LoadJob, LoadResult>;

/** How fast ports are added, in whichever way. */
export async function benchAdds(options: BenchOptions): Promise<BenchRow[]> {
  const { rounds, adds, folder } = options;
  const sender: Sender = new Child('load.ts');
  const rates: Record<'memory' | 'journal' | 'file' | 'arrays' | 'prism', number[]> = {
    memory: [],
    journal: [],
    file: [],
    arrays: [],
    prism: [],
  };
  const burst = (kind: ServerKind, requests: number, portsPerRequest: number): Promise<number> =>
    withServer(kind, folder, (url) => send(sender, url, requests, portsPerRequest));
  try {
    for (let round = 0; round < rounds; round += 1) {
      rates.memory.push(await burst('memory', adds, 1));
      rates.journal.push(await burst('journal', adds, 1));
      rates.file.push(await burst('file', Math.ceil(adds / 10), 1));
      rates.arrays.push(await burst('journal', Math.ceil(adds / ARRAY) * 4, ARRAY));
      rates.prism.push(await prismBurst(sender, Math.ceil(adds / 10)));
    }
    return [
      row('single adds, store switched off', rates.memory),
      row('single adds, durability journal', rates.journal),
      row('single adds, durability file', rates.file),
      row(`arrays of ${ARRAY}, durability journal`, rates.arrays),
      row('single adds, prism, which validates and keeps nothing', rates.prism),
      ratioRow('journal : store switched off', rates.journal, rates.memory, { atLeast: 0.7 }),
      ratioRow('journal : file', rates.journal, rates.file, { atLeast: 3 }),
      ratioRow('arrays : singles', rates.arrays, rates.journal, { atLeast: 6 }),
      ratioRow('journal : prism', rates.journal, rates.prism, { atLeast: 4 }),
      await sustainedRow(sender, options),
    ];
  } finally {
    sender.kill();
  }
}

/** So many that files must be written and journals begun meanwhile; counted until every port has its file. */
async function sustainedRow(sender: Sender, { sustained, folder }: BenchOptions): Promise<BenchRow> {
  const rate = await withServer('journal', folder, async (url, stateDir) => {
    const beganMs = performance.now();
    await sender.ask({ ...jobOf(url, 1), requests: sustained, firstNumber: 1 });
    const isDone = (): boolean => readdirSync(join(stateDir, 'ports')).length === sustained;
    await waitFor(isDone, { what: `${sustained} port files`, timeoutMs: FILES_MS_MAX });
    return (sustained * 1000) / (performance.now() - beganMs);
  });
  return {
    name: `${sustained} single adds in one run, until each has its file`,
    value: rate,
    unit: 'ports/s',
  };
}

async function prismBurst(sender: Sender, requests: number): Promise<number> {
  const prism = await startPrism();
  try {
    return await send(sender, prism.url, requests, 1);
  } finally {
    await prism.stop();
  }
}

/** Ports per second, after a tenth of them to warm up. */
async function send(sender: Sender, url: string, requests: number, portsPerRequest: number): Promise<number> {
  const job = jobOf(url, portsPerRequest);
  await sender.ask({ ...job, requests: Math.ceil(requests / 10), firstNumber: WARM_UP_NUMBER });
  return (await sender.ask({ ...job, requests, firstNumber: 1 })).portsPerSecond;
}

function jobOf(url: string, portsPerRequest: number): Omit<LoadJob, 'requests' | 'firstNumber'> {
  return { url, connections: CONNECTIONS, portsPerRequest };
}

async function withServer<R>(
  kind: ServerKind,
  folder: string,
  use: (url: string, stateDir: string) => Promise<R>,
): Promise<R> {
  const stateDir = mkdtempSync(join(folder, 'bench-adds-'));
  const server = new Child<ServerQuestion, ServerAnswer>('server.ts', [kind, stateDir]);
  try {
    const ready = await server.answer();
    if (ready.kind !== 'ready') throw new Error(`expected ready, got ${ready.kind}`);
    return await use(ready.url, stateDir);
  } finally {
    server.kill();
    await server.ended;
    rmSync(stateDir, { recursive: true });
  }
}

function row(name: string, values: readonly number[]): BenchRow {
  return { name, value: median(values), unit: 'ports/s' };
}
