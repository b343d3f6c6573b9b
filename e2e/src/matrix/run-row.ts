import { setTimeout as sleep } from 'node:timers/promises';
import { assertTyped } from '../checks/wire.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { World } from '../world/world.ts';
import type { PingTally } from '../dataplane/wire.ts';
import { saveEvidence } from '../checks/evidence.ts';
import { repeatCommand, type Result } from './result.ts';
import type { Row } from './rows.ts';

/** Far above what a run takes on a busy machine. */
const ROW_MS_MAX = 240_000;

/** Runs one row in a world of its own. Its folder goes when it passed and stays when it failed. */
export async function runRow(row: Row): Promise<Result> {
  const startMs = performance.now();
  const { error, pings } = await play(row);
  const durationMs = Math.round(performance.now() - startMs);
  return { ...row, passed: error === null, durationMs, error, ...(pings !== undefined && { pings }) };
}

interface Played {
  readonly error: string | null;
  readonly pings?: PingTally | undefined;
}

async function play(row: Row): Promise<Played> {
  const scenario = SCENARIOS.find(({ number }) => number === row.scenario);
  const run = scenario?.variants.get(row.variant);
  if (scenario === undefined || run === undefined)
    return { error: `there is no scenario ${row.scenario} ${row.variant}` };
  let world: World | undefined;
  try {
    world = await World.create({ ...row, residents: scenario.residents });
    await inTime(run(world));
    for (const agent of world.agents) assertTyped(await agent.allRequests());
    if (world.wire?.tally.sent === 0) throw new Error('no ping was sent: this run proves nothing');
    await world.mode.assertInnocent();
    await world.close();
    world.remove();
    return { error: null, pings: world.wire?.tally };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: await explained(row, world, message), pings: world?.wire?.tally };
  } finally {
    await world?.close();
  }
}

async function explained(row: Row, world: World | undefined, message: string): Promise<string> {
  const repeat = `repeat: ${repeatCommand(row)}`;
  if (world === undefined) return `${message}\n${repeat}`;
  await saveEvidence(world, message);
  return `${message}\nlogs, requests and states: ${world.folder}\n${repeat}`;
}

async function inTime(run: Promise<void>): Promise<void> {
  const done = new AbortController();
  const limit = sleep(ROW_MS_MAX, undefined, { signal: done.signal }).then(
    () => Promise.reject(new Error(`the scenario took longer than ${ROW_MS_MAX} ms`)),
    () => undefined,
  );
  try {
    await Promise.race([run, limit]);
  } finally {
    done.abort();
  }
}
