import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchResult } from '@vrouter/testkit';
import { benchAdds } from './adds.ts';
import { CONNECTIONS, type BenchOptions } from './options.ts';
import { benchStart } from './starts.ts';

const METHOD =
  `Server and sender are processes of their own on the same machine; ${CONNECTIONS} connections, each waits for its answer. ` +
  'The server with the store switched off is the same one, its table in memory only. Ratios are taken within a round. ' +
  'Load is what the store does at a start; ready counts from the start of the process until its ready file stands ' +
  'there; memory is what the operating system says, of the program that users start.';

/** Measures the agent against itself, so that only ratios of one run are compared. */
export async function benchAgent(options: BenchOptions): Promise<BenchResult> {
  const adds = await benchAdds(options);
  return { method: METHOD, rounds: options.rounds, rows: [...adds, ...(await benchStart(options))] };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      ports: { type: 'string', default: '100000' },
      adds: { type: 'string', default: '20000' },
      sustained: { type: 'string', default: '80000' },
      folder: { type: 'string', default: tmpdir() },
    },
  });
  const { rounds, ports, adds, sustained, folder } = values;
  const result = await benchAgent({
    rounds: Number(rounds),
    ports: Number(ports),
    adds: Number(adds),
    sustained: Number(sustained),
    folder,
  });
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}
