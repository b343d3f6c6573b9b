import { parseArgs } from 'node:util';
import { median, type BenchResult } from '@vrouter/testkit';
import { oneAtATime } from './one-at-a-time.ts';
import { openSite } from './site.ts';

const VMS = 1_000;
const NETWORKS = 2;
const PAGE_LENGTH = 500;
/** So many are made one at a time; their time is taken for all. */
const SAMPLE = 100;
/** The real server takes 10 to 30 ms for a request. */
const LATENCY_MS = 20;
const ROUNDS = 5;

const METHOD =
  `The config API's double with ${LATENCY_MS} ms of latency for each request (the real server takes 10 to 30), ten reference agents, and the ` +
  `plugin in mode vcenter-only, all on this machine. First convergence: ${VMS} VMs with ${NETWORKS} interfaces each and an empty config API, from ` +
  'the start of the process to the moments when all objects are made and their addresses known, and when the agents have confirmed every port. One at a time: the same objects in the same server, each request ' +
  `after the answer to the one before; measured with ${SAMPLE} VMs, times ${VMS / SAMPLE}. Restart: everything is there already.`;

interface Round {
  readonly objectsMs: number;
  readonly portsMs: number;
  readonly oneAtATimeMs: number;
  readonly restartMs: number;
  readonly restartLists: number;
  readonly restartOthers: number;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: String(ROUNDS) } } });
process.stdout.write(JSON.stringify(await bench(Number(values.rounds))));

async function bench(count: number): Promise<BenchResult> {
  const rounds: Round[] = [];
  for (let number = 0; number < count; number += 1) {
    rounds.push(await round());
    process.stderr.write(`${JSON.stringify(rounds.at(-1))}\n`);
  }
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  const pages = 1 + pagesOf(VMS) + 2 * pagesOf(VMS * NETWORKS);
  const restart = `restart with ${VMS} VMs`;
  return {
    method: METHOD,
    rounds: count,
    rows: [
      { name: 'first convergence: objects made', value: of((each) => each.objectsMs), unit: 'ms' },
      { name: 'first convergence: ports on agents', value: of((each) => each.portsMs), unit: 'ms' },
      { name: 'one at a time', value: of((each) => each.oneAtATimeMs), unit: 'ms' },
      {
        name: 'one at a time : objects made',
        value: of((each) => each.oneAtATimeMs / each.objectsMs),
        unit: 'x',
        bound: { atLeast: 5 },
      },
      { name: restart, value: of(({ restartMs }) => restartMs), unit: 'ms' },
      {
        name: `${restart}: pages`,
        value: of(({ restartLists }) => restartLists),
        unit: 'requests',
        bound: { atMost: pages },
      },
      {
        name: `${restart}: other requests`,
        value: of(({ restartOthers }) => restartOthers),
        unit: 'requests',
        bound: { atMost: 6 },
      },
    ],
  };
}

async function round(): Promise<Round> {
  const site = await openSite(VMS);
  try {
    await site.api.delay(LATENCY_MS);
    const { objectsMs, portsMs } = await site.converge();
    await site.stopPlugin();
    await site.api.forgetRequests();
    const { portsMs: restartMs } = await site.converge();
    const requests = Object.entries(await site.api.requests());
    await site.stopPlugin();
    const sum = (lists: boolean): number =>
      requests.reduce((total, [name, times]) => total + (name.startsWith('list ') === lists ? times : 0), 0);
    const [restartLists, restartOthers] = [sum(true), sum(false)];
    const oneAtATimeMs = (await oneAtATime(site.api, SAMPLE, NETWORKS)) * VMS;
    return { objectsMs, portsMs, oneAtATimeMs, restartMs, restartLists, restartOthers };
  } finally {
    await site.close();
  }
}

function pagesOf(objects: number): number {
  return Math.ceil(objects / PAGE_LENGTH);
}
