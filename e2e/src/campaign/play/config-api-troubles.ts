import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigApi } from '../../modes/config-api.ts';
import type { ConfigApiTrouble } from '../plan/plan.ts';
import { CONFIG_API_RULES } from '../plan/troubles.ts';
import type { Stage } from '../stage/stage.ts';
import { chosen } from './chosen.ts';

const SLOW_MS = 400;

/** Plays one trouble of the config API. Where OpenStack works with it as well, nobody uses OpenStack meanwhile. */
export async function playConfigApiTrouble(
  { turns, world }: Stage,
  api: ConfigApi,
  trouble: ConfigApiTrouble,
): Promise<void> {
  const isShared = world.mode.pluginSection.mode === 'vcenter-as-compute';
  return isShared ? turns.take(() => play(api, trouble)) : play(api, trouble);
}

async function play(api: ConfigApi, { kind, forMs, number }: ConfigApiTrouble): Promise<void> {
  switch (kind) {
    case 'kill':
      await api.kill();
      await sleep(forMs);
      return api.restart();
    case 'pause':
      api.pause();
      await sleep(forMs);
      return api.resume();
    case 'slow':
      await api.delay(SLOW_MS);
      await sleep(forMs);
      return api.setFaults([]);
    case 'faults':
      await api.setFaults(chosen(CONFIG_API_RULES, number));
      await sleep(forMs);
      return api.setFaults([]);
  }
}
