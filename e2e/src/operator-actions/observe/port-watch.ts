import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from '../stage/scene.ts';
import type { Side } from '../stage/side.ts';

const PAUSE_MS = 5;

/**
 * Looks all the time at whether every port of the scene is enabled on one of `agents`. They are looked at in that order,
 * one after the other, so the one that loses ports comes first: whoever comes later has them by then. `end` returns the
 * labels of the ports that were missing at some look.
 */
export function watchPorts(
  side: Side,
  scene: Scene,
  agents: readonly string[],
): { end(): Promise<readonly string[]> } {
  const over = new AbortController();
  const missing = watchUntil(side, scene, agents, over.signal);
  missing.catch(() => undefined);
  return {
    end() {
      over.abort();
      return missing;
    },
  };
}

async function watchUntil(
  side: Side,
  scene: Scene,
  agents: readonly string[],
  over: AbortSignal,
): Promise<readonly string[]> {
  const missing = new Set<string>();
  while (agents.length > 0 && !over.aborted) {
    const enabled = new Set<string>();
    for (const name of agents) {
      const { ports } = await side.agent(name).state();
      for (const { id, linkState } of ports) if (linkState === 1) enabled.add(id);
    }
    for (const [label, id] of scene.ports()) if (!enabled.has(id)) missing.add(label);
    await sleep(PAUSE_MS);
  }
  return [...missing];
}
