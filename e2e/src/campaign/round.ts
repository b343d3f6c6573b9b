import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveEvidence } from '../checks/evidence.ts';
import { assertInnocent } from './finish/innocence.ts';
import { fallsSilent } from './finish/silence.ts';
import { heal } from './finish/heal.ts';
import { leftBehind } from './finish/left-behind.ts';
import { checkHistory } from './history/check.ts';
import { eventText, History } from './history/history.ts';
import type { Abilities, Plan } from './plan/plan.ts';
import { play } from './play/play.ts';
import { readAddresses } from './play/read-addresses.ts';
import { Stage } from './stage/stage.ts';

const LINES_SHOWN = 60;

export interface RoundResult {
  readonly troubles: number;
  readonly changes: number;
  /** To agents. */
  readonly requests: number;
  /** How often a table was held against the model. */
  readonly tables: number;
  /** How many addresses that agents had were looked for in the config API. */
  readonly addresses: number;
  /** From the last trouble until all was as desired. */
  readonly convergedMs: number;
  readonly memoryMb: number;
  readonly failure?: RoundFailure;
}

export interface RoundFailure {
  readonly error: string;
  /** The part of the history that matters. */
  readonly lines: readonly string[];
  /** Where everything is that may help. */
  readonly folder: string;
}

/** Plays one round, and looks at what came of it. */
export async function playRound(plan: Plan, can: Abilities): Promise<RoundResult> {
  const history = new History();
  const stage = await Stage.open(plan.setting, can, history);
  const result = { troubles: 0, changes: 0, convergedMs: 0, memoryMb: 0 };
  let error: string | undefined;
  try {
    await stage.start();
    Object.assign(result, await play(stage, plan));
    result.convergedMs = await heal(stage);
    await fallsSilent(stage);
    for (const post of stage.posts) await post.survey();
    await readAddresses(stage);
    result.memoryMb = await assertInnocent(stage.world);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const { world } = stage;
  const names = world.agents.map(({ name }) => name);
  const isReal = plan.setting.profile !== 'blueprint';
  const { broken, tables, addresses } = checkHistory(history.events, names, {
    staleTimeoutMs: world.staleTimeoutMs,
    isReal,
    pluginReleases: plan.setting.mode === 'vcenter-only',
  });
  // What an agent broke comes before what followed from it.
  if (broken !== undefined) error = `${broken.agent}: ${broken.violation.message}`;
  const lines = history.events.map(eventText);
  if (error !== undefined) {
    writeFileSync(join(world.folder, 'history.txt'), `${lines.join('\n')}\n`);
    // Who has failed may have nothing more to say.
    await saveEvidence(world, error).catch((reason: unknown) =>
      lines.push(`not all evidence: ${String(reason)}`),
    );
  }
  await stage.close();
  const left = leftBehind(world.folder);
  if (left.length > 0) error ??= `processes are left behind: ${left.join('; ')}`;
  const counts = { ...result, requests: history.requestCount, tables, addresses };
  if (error === undefined) {
    world.remove();
    return counts;
  }
  const end = broken === undefined ? lines.length : broken.index + 1;
  const shown = lines.slice(Math.max(0, end - LINES_SHOWN), end);
  return { ...counts, failure: { error, lines: shown, folder: world.folder } };
}
