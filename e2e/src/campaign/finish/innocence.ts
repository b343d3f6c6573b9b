import { existsSync, readFileSync } from 'node:fs';
import { Violation } from '@vrouter/testkit/history';
import { assertTyped } from '../../checks/wire.ts';
import type { World } from '../../world/world.ts';

/** Far above what a few ports take. */
const MEMORY_MB_MAX = 512;

/** Of longer bodies agents remember no more. */
const BODY_LENGTH_SHOWN = 4096;

/** What a defect leaves in a log, whatever its level. */
const DEFECT = /\b(TypeError|ReferenceError|RangeError|SyntaxError|AssertionError|unhandled|uncaught)\b/i;

/** What nobody should find after a round, besides that all is as desired. Returns the most memory that one took (MB). */
export async function assertInnocent(world: World): Promise<number> {
  const { agents, plugin, mode } = world;
  for (const { name, log } of [...agents.map(logOf), { name: 'plugin', log: plugin.log() }])
    for (const line of log.split('\n'))
      if (isDefect(line)) throw new Violation('keeps-running', `in the log of ${name}: ${line}`);
  for (const agent of agents)
    try {
      assertTyped((await agent.requests()).filter(({ body = '' }) => body.length < BODY_LENGTH_SHOWN));
    } catch (error) {
      throw new Violation('type-in-every-request', (error as Error).message);
    }
  await mode.assertInnocent();
  const memoryMb = Math.max(...[...agents, plugin].map(({ pid }) => memoryMbOf(pid)));
  if (memoryMb > MEMORY_MB_MAX) throw new Violation('bounds', `a process took ${memoryMb} MB`);
  return memoryMb;
}

/** Does `line` tell of what no fault of the world explains? */
export function isDefect(line: string): boolean {
  if (line.trim() === '') return false;
  return !line.startsWith('{') || DEFECT.test(line);
}

function logOf(agent: World['agents'][number]): { readonly name: string; readonly log: string } {
  return { name: agent.name, log: agent.log() };
}

/** The most that it ever took; 0 where that is not told. */
function memoryMbOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  const [, kb = '0'] = /^VmHWM:\s+(\d+) kB/mu.exec(readFileSync(file, 'utf8')) ?? [];
  return Math.round(Number(kb) / 1024);
}
