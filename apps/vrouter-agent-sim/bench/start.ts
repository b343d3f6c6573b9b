import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPortFile, Port } from '@vrouter/port-model';
import { Child } from './child.ts';
import { portOf } from './port-of.ts';
import type { ServerAnswer, ServerQuestion } from './protocol.ts';

const STAMP = { author: 'bench', timeMs: 0 };

/** Fills `stateDir` with saved ports, and `onePath` with the same bytes in one file of JSON. */
export function savePorts(stateDir: string, onePath: string, count: number): void {
  const folder = join(stateDir, 'ports');
  mkdirSync(folder, { recursive: true });
  const texts = [];
  for (let number = 1; number <= count; number += 1) {
    const port = Port.parse(portOf(number));
    const text = formatPortFile(port, 0, STAMP);
    writeFileSync(join(folder, port.id), text);
    texts.push(text);
  }
  writeFileSync(onePath, `[${texts.join(',')}]`);
}

/** How long it takes to read the ports as one file: what no start can beat. */
export function readOneFileMs(path: string): number {
  const beganMs = performance.now();
  const ports = JSON.parse(readFileSync(path, 'utf8')) as unknown[];
  const tookMs = performance.now() - beganMs;
  if (ports.length === 0) throw new Error(`${path} holds no ports`);
  return tookMs;
}

/** Starts an agent on `stateDir`; how long it took to load, without the start of the process. */
export async function measureLoadMs(stateDir: string): Promise<number> {
  const server = new Child<ServerQuestion, ServerAnswer>('server.ts', ['journal', stateDir]);
  const ready = await server.answer();
  if (ready.kind !== 'ready') throw new Error(`expected ready, got ${ready.kind}`);
  await server.ask('stop');
  return ready.loadMs;
}

/** The longest time that an agent on `stateDir` answers nobody while it sweeps all its ports. */
export async function measureSweep(stateDir: string): Promise<number> {
  const server = new Child<ServerQuestion, ServerAnswer>('server.ts', ['journal', stateDir]);
  await server.answer();
  const swept = await server.ask('sweep');
  await server.ask('stop');
  return swept.kind === 'swept' ? swept.blockedMs : Infinity;
}
