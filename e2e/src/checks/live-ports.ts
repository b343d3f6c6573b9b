import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../world/agent.ts';
import { expectedPorts } from '../world/oracle.ts';
import type { World } from '../world/world.ts';

const POLL_MS = 5;

export interface LivePortsWatch {
  /** Ends the watch; an error if a live port was gone at any moment, or its file is another now. */
  assertUndisturbed(): Promise<void>;
}

/**
 * Watches the ports that agents hold now and should go on holding, through restarts of anybody. Two kinds of evidence:
 * a look at files and table every few milliseconds, and the files' bytes. These hold the microsecond of their writing,
 * so a port that was swept and added again between two looks is noticed too.
 */
export async function watchLivePorts(world: World): Promise<LivePortsWatch> {
  const agents = world.agents.map((agent) => liveOn(world, agent));
  const finished = new AbortController();
  const over = AbortSignal.any([finished.signal, world.closing]);
  const losses: string[] = [];
  const watches = agents.map(async (live) => {
    while (!over.aborted) {
      losses.push(...(await lost(live)));
      await sleep(POLL_MS);
    }
  });
  return {
    async assertUndisturbed() {
      finished.abort();
      await Promise.all(watches);
      assert.deepEqual(losses, [], 'live ports were gone for a moment');
      for (const { agent, files } of agents) {
        const now = agent.files();
        for (const [id, text] of Object.entries(files)) {
          assert.equal(now[id], text, `the file of live port ${id} of ${agent.name} is not the one it was`);
        }
      }
    },
  };
}

interface Live {
  readonly agent: Agent;
  readonly files: Readonly<Record<string, string>>;
}

function liveOn(world: World, agent: Agent): Live {
  const ids = Object.keys(expectedPorts(world.picture, world.lifecycle, agent.host));
  const files = agent.files();
  const texts = ids.map((id) => [id, files[id]] as const);
  const missing = texts.flatMap(([id, text]) => (text === undefined ? [id] : []));
  assert.deepEqual(missing, [], `live ports without a file on ${agent.name} before the watch began`);
  return { agent, files: Object.fromEntries(texts.map(([id, text]) => [id, text ?? ''])) };
}

async function lost({ agent, files }: Live): Promise<readonly string[]> {
  const ids = Object.keys(files);
  const gone = ids.filter((id) => !existsSync(join(agent.portsDir, id)));
  const table = agent.isRunning ? await agent.state().catch(() => undefined) : undefined;
  const held = table?.ports.map(({ id }) => id);
  const unknown = held === undefined ? [] : ids.filter((id) => !held.includes(id));
  return [
    ...gone.map((id) => `${id}: no file in ${agent.portsDir}`),
    ...unknown.map((id) => `${id}: not in the table of ${agent.name}`),
  ];
}
