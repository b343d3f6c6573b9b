import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, type BenchResult, type BenchRow } from '@vrouter/testkit';
import { Child } from './child.ts';
import type { LoadJob, LoadResult, ServerAnswer, ServerKind, ServerQuestion } from './protocol.ts';
import { measureStart, measureSweep, readOneFileMs, savePorts } from './start.ts';

const CONNECTIONS = 64;
const ARRAY = 64;
const MIB = 1024 * 1024;

export interface BenchOptions {
  /** Medians are taken over so many rounds. */
  readonly rounds: number;
  /** Saved ports at the start. */
  readonly ports: number;
  /** Single adds per round; durability `file` gets a tenth of them. */
  readonly adds: number;
  /** Where state folders are made: the disk that is measured. */
  readonly folder: string;
}

const METHOD =
  `Server and sender are processes of their own on the same machine; ${CONNECTIONS} connections, each waits for its answer. ` +
  'The server with the store switched off is the same one, its table in memory only. Ratios are taken within a round.';

/** Measures the agent against itself, so that only ratios of one run are compared. */
export async function benchAgent(options: BenchOptions): Promise<BenchResult> {
  const adds = await benchAdds(options);
  const rows = [...adds, ...(await benchStart(options))];
  return { method: METHOD, rounds: options.rounds, rows };
}

async function benchAdds({ rounds, adds, folder }: BenchOptions): Promise<BenchRow[]> {
  const sender = new Child<LoadJob, LoadResult>('load.ts');
  const rates = {
    memory: [] as number[],
    journal: [] as number[],
    file: [] as number[],
    arrays: [] as number[],
  };
  const burst = (kind: ServerKind, requests: number, portsPerRequest: number): Promise<number> =>
    withServer(kind, folder, async (url) => {
      const job = { url, connections: CONNECTIONS, portsPerRequest };
      await sender.ask({ ...job, requests: Math.ceil(requests / 10), firstNumber: 10_000_000 });
      return (await sender.ask({ ...job, requests, firstNumber: 1 })).portsPerSecond;
    });
  try {
    for (let round = 0; round < rounds; round += 1) {
      rates.memory.push(await burst('memory', adds, 1));
      rates.journal.push(await burst('journal', adds, 1));
      rates.file.push(await burst('file', Math.ceil(adds / 10), 1));
      rates.arrays.push(await burst('journal', Math.ceil(adds / ARRAY) * 4, ARRAY));
    }
  } finally {
    sender.kill();
  }
  const ratio = (a: readonly number[], b: readonly number[]): number =>
    median(a.map((value, index) => value / (b[index] ?? NaN)));
  return [
    { name: 'single adds, store switched off', value: median(rates.memory), unit: 'ports/s' },
    { name: 'single adds, durability journal', value: median(rates.journal), unit: 'ports/s' },
    { name: 'single adds, durability file', value: median(rates.file), unit: 'ports/s' },
    { name: `arrays of ${ARRAY}, durability journal`, value: median(rates.arrays), unit: 'ports/s' },
    ratioRow('journal : store switched off', ratio(rates.journal, rates.memory), { atLeast: 0.7 }),
    ratioRow('journal : file', ratio(rates.journal, rates.file), { atLeast: 3 }),
    ratioRow('arrays : singles', ratio(rates.arrays, rates.journal), { atLeast: 6 }),
  ];
}

async function benchStart({ rounds, ports, folder }: BenchOptions): Promise<BenchRow[]> {
  const base = mkdtempSync(join(folder, 'bench-start-'));
  const stateDir = join(base, 'state');
  const onePath = join(base, 'one.json');
  try {
    savePorts(stateDir, onePath, ports);
    const first = await measureStart(stateDir);
    const readMs: number[] = [];
    const starts = [];
    for (let round = 0; round < rounds; round += 1) {
      readMs.push(readOneFileMs(onePath));
      starts.push(await measureStart(stateDir));
    }
    const name = `${ports} ports`;
    const loads = starts.map((start) => start.loadMs);
    const megabytes = median(starts.map((start) => start.rssBytes)) / MIB;
    const sweep = await measureSweep(stateDir);
    return [
      { name: `${name}: read and parse one file`, value: median(readMs), unit: 'ms' },
      { name: `${name}: load`, value: median(loads), unit: 'ms' },
      { name: `${name}: load when every file was changed by others`, value: first.loadMs, unit: 'ms' },
      {
        name: `${name}: ready`,
        value: median(starts.map((one) => one.readyMs)),
        unit: 'ms',
        bound: { atMost: 3000 },
      },
      ratioRow(
        'load : read and parse one file',
        median(loads.map((ms, index) => ms / (readMs[index] ?? NaN))),
        {
          atMost: 6,
        },
      ),
      { name: `${name}: memory`, value: megabytes, unit: 'MiB', bound: { atMost: 120 + ports / 1024 } },
      { name: `${name}: longest pause during their sweep`, value: sweep, unit: 'ms', bound: { atMost: 50 } },
    ];
  } finally {
    rmSync(base, { recursive: true });
  }
}

async function withServer<R>(kind: ServerKind, folder: string, use: (url: string) => Promise<R>): Promise<R> {
  const stateDir = mkdtempSync(join(folder, 'bench-adds-'));
  const server = new Child<ServerQuestion, ServerAnswer>('server.ts', [kind, stateDir]);
  try {
    const ready = await server.answer();
    if (ready.kind !== 'ready') throw new Error(`expected ready, got ${ready.kind}`);
    return await use(ready.url);
  } finally {
    server.kill();
    await server.ended;
    rmSync(stateDir, { recursive: true });
  }
}

function ratioRow(name: string, value: number, bound: NonNullable<BenchRow['bound']>): BenchRow {
  return { name, value, unit: 'x', bound };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      ports: { type: 'string', default: '100000' },
      adds: { type: 'string', default: '20000' },
      folder: { type: 'string', default: tmpdir() },
    },
  });
  const { rounds, ports, adds, folder } = values;
  const result = await benchAgent({
    rounds: Number(rounds),
    ports: Number(ports),
    adds: Number(adds),
    folder,
  });
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}
