import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { median, workspaceFile, type BenchResult } from '@vrouter/testkit';
import { movesMs, powerOnMs } from './measure.ts';
import { openSite, type Site, type SiteSize } from './site.ts';

const run = promisify(execFile);
const FIRST_READ = workspaceFile('packages/vsphere-client/bench/first-read.ts');
const FIRST_READ_MS_MAX = 10 * 60_000;
const SIZE = { hosts: 100, vms: 2_000 };
/** With more, the simulator takes minutes to tell 50 moves. */
const SIZE_OF_MOVES = { hosts: 100, vms: 400 };
const MOVES = 50;
const ROUNDS = 5;
/** Power ons in each round. */
const CHANGES = 4;

const METHOD =
  `govmomi's vCenter simulator with ${SIZE.hosts} hosts and ${SIZE.vms} VMs. First read: against downloading the same answer and running the XML ` +
  'parser over it without handlers, in turns, of each the shortest time; memory in a process of its own, resident at its highest ' +
  'less before. Changes: simulator, a proxy that notes when an answer is on its way, the plugin, and a reference agent per host (journal, ' +
  'fdatasync), all on this machine; measured to the moment when the agent receives the last request for the change. ' +
  `The moves are held back and told together, among ${SIZE_OF_MOVES.vms} VMs.`;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: String(ROUNDS) } } });
process.stdout.write(JSON.stringify(await bench(Number(values.rounds))));

async function bench(rounds: number): Promise<BenchResult> {
  const { ratio, growthMiB } = await firstRead(rounds);
  const changesMs = await onSite(SIZE, (site) => changes(site, rounds * CHANGES));
  const burstsMs = await onSite(SIZE_OF_MOVES, (site) => bursts(site, rounds));
  return {
    method: METHOD,
    rounds,
    rows: [
      { name: 'first read : download and parse', value: ratio, unit: 'x', bound: { atMost: 2 } },
      { name: 'first read: memory', value: growthMiB, unit: 'MiB', bound: { atMost: 60 } },
      { name: 'a change: on the agent', value: median(changesMs), unit: 'ms', bound: { atMost: 50 } },
      { name: 'a change: on the agent, slowest', value: Math.max(...changesMs), unit: 'ms' },
      {
        name: `${MOVES} moves at once: all on the right agents`,
        value: median(burstsMs),
        unit: 'ms',
        bound: { atMost: 1_000 },
      },
    ],
  };
}

async function firstRead(rounds: number): Promise<{ readonly ratio: number; readonly growthMiB: number }> {
  const args = [FIRST_READ, String(rounds)];
  const { stdout } = await run(process.execPath, args, { timeout: FIRST_READ_MS_MAX });
  return JSON.parse(stdout) as { ratio: number; growthMiB: number };
}

async function onSite<T>(size: SiteSize, measure: (site: Site) => Promise<T>): Promise<T> {
  const site = await openSite(size);
  try {
    return await measure(site);
  } finally {
    await site.stop();
  }
}

async function changes(site: Site, count: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let vm = 0; vm < count; vm += 1) tookMs.push(await powerOnMs(site, vm));
  process.stderr.write(`changes: ${tookMs.join(', ')} ms\n`);
  return tookMs;
}

async function bursts(site: Site, rounds: number): Promise<number[]> {
  const { hosts } = SIZE_OF_MOVES;
  const vms = Array.from({ length: MOVES }, (_, index) => hosts + index);
  const tookMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) tookMs.push(await movesMs(site, vms, hosts));
  process.stderr.write(`moves: ${tookMs.join(', ')} ms\n`);
  return tookMs;
}
