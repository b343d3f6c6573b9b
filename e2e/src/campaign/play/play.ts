import { setTimeout as sleep } from 'node:timers/promises';
import { stream, type Plan, type Trouble } from '../plan/plan.ts';
import { change } from '../stage/load.ts';
import type { Stage } from '../stage/stage.ts';
import { playAgentTrouble } from './agent-troubles.ts';
import { playConfigApiTrouble } from './config-api-troubles.ts';
import { playFileTrouble, playVcenterTrouble } from './inventory-troubles.ts';
import { playPluginTrouble } from './plugin-troubles.ts';
import { readAddresses } from './read-addresses.ts';

/** Between two changes of the inventory. */
const CHANGE_MS_MAX = 150;
/** Between two looks at what an agent holds. */
const SURVEY_MS = 500;

export interface Played {
  changes: number;
  troubles: number;
}

/** Plays all troubles of `plan`, each process's side by side, under load. All is healed when it returns. */
export async function play(stage: Stage, plan: Plan): Promise<Played> {
  const played: Played = { changes: 0, troubles: 0 };
  const failed = new AbortController();
  const over = new AbortController();
  const owned = <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => failed.abort());
    return work;
  };
  void owned(stage.supervised.failed);
  const company = Promise.allSettled([
    owned(load(stage, plan.seed, played, AbortSignal.any([failed.signal, over.signal]))),
    owned(survey(stage, AbortSignal.any([failed.signal, over.signal]))),
    owned(watchAddresses(stage, AbortSignal.any([failed.signal, over.signal]))),
  ]);
  const timelines = await Promise.allSettled(
    timelinesOf(stage, plan).map((one) => owned(playTimeline(stage, one, played, failed.signal))),
  );
  over.abort();
  for (const one of [...timelines, ...(await company)]) if (one.status === 'rejected') throw one.reason;
  return played;
}

interface Timeline {
  readonly who: string;
  readonly steps: readonly { readonly trouble: Trouble; readonly play: () => Promise<void> }[];
}

function timelinesOf(stage: Stage, plan: Plan): readonly Timeline[] {
  const { vcenter, world } = stage;
  const { api } = world.mode;
  const timeline = <T extends Trouble>(
    who: string,
    troubles: readonly T[],
    play: (trouble: T) => Promise<void>,
  ): Timeline => ({ who, steps: troubles.map((trouble) => ({ trouble, play: () => play(trouble) })) });
  return [
    ...stage.posts.map((post, index) =>
      timeline(post.agent.name, plan.agents[index] ?? [], (one) => playAgentTrouble(stage, post, one)),
    ),
    timeline('plugin', plan.plugin, (one) => playPluginTrouble(stage, one)),
    timeline('inventory file', plan.file, (one) => playFileTrouble(stage, one)),
    ...(vcenter === undefined
      ? []
      : [timeline('vCenter', plan.vcenter, (one) => playVcenterTrouble(stage, vcenter, one))]),
    ...(api === undefined
      ? []
      : [timeline('config API', plan.configApi, (one) => playConfigApiTrouble(stage, api, one))]),
  ];
}

async function playTimeline(
  { history }: Stage,
  { who, steps }: Timeline,
  played: Played,
  signal: AbortSignal,
): Promise<void> {
  for (const { trouble, play } of steps) {
    await sleep(trouble.afterMs);
    if (signal.aborted) return;
    history.note(`== ${who}: ${trouble.kind}, ${trouble.forMs} ms`);
    await play();
    history.note(`== ${who}: ${trouble.kind} is over`);
    played.troubles += 1;
  }
}

async function load(stage: Stage, seed: number, played: Played, signal: AbortSignal): Promise<void> {
  const random = stream(seed, 'load');
  while (!signal.aborted) {
    const text = await stage.turns.take(() => change(stage.world.inventory, random));
    stage.history.note(text);
    played.changes += 1;
    await sleep(random.int(0, CHANGE_MS_MAX));
  }
}

async function survey(stage: Stage, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const post of stage.posts) await post.survey();
    await sleep(SURVEY_MS);
  }
}

async function watchAddresses(stage: Stage, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // It is gone, or in trouble: the next reading will do.
    await readAddresses(stage).catch(() => undefined);
    await sleep(SURVEY_MS);
  }
}
