import { setTimeout as sleep } from 'node:timers/promises';
import { assertTyped } from '../checks/wire.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { World } from '../world/world.ts';
import { saveEvidence } from '../checks/evidence.ts';
import { repeatCommand, type Result } from './result.ts';
import type { Row } from './rows.ts';

/** Far above what a run takes on a busy machine. */
const ROW_MS_MAX = 120_000;

/** Runs one row in a world of its own. Its folder goes when it passed and stays when it failed. */
export async function runRow(row: Row): Promise<Result> {
  const startMs = performance.now();
  const error = await failureOf(row);
  return { ...row, passed: error === null, durationMs: Math.round(performance.now() - startMs), error };
}

async function failureOf(row: Row): Promise<string | null> {
  const scenario = SCENARIOS.find(({ number }) => number === row.scenario);
  const run = scenario?.variants.get(row.variant);
  if (scenario === undefined || run === undefined)
    return `there is no scenario ${row.scenario} ${row.variant}`;
  let world: World | undefined;
  try {
    world = await World.create({ ...row, residents: scenario.residents });
    await inTime(run(world));
    for (const agent of world.agents) assertTyped(await agent.allRequests());
    await world.close();
    world.remove();
    return null;
  } catch (error) {
    return await explained(row, world, error instanceof Error ? error.message : String(error));
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
