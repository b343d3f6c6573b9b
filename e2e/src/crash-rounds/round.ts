import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor, type SeededRandom } from '@vrouter/testkit';
import { heldInFiles, heldInTable } from '../checks/held.ts';
import type { Agent } from '../world/agent.ts';
import type { Arena, Post } from './arena.ts';

/** How long the load goes on before the blow. */
const LIFE_MS_MIN = 20;
const LIFE_MS_MAX = 400;
/** About what sync and replay take. */
const REPLAY_MS_MAX = 120;

/** Kills one process at a random moment and starts it again: agents and plugin in turn. Returns whom it was. */
export async function round(arena: Arena, number: number, random: SeededRandom): Promise<string> {
  await sleep(random.int(LIFE_MS_MIN, LIFE_MS_MAX));
  const post = number % 2 === 1 ? arena.posts[((number - 1) / 2) % arena.posts.length] : undefined;
  if (post === undefined) {
    await crashPlugin(arena, random);
    return 'plugin';
  }
  await crashAgent(post);
  return post.agent.name;
}

/** Every other time it is killed again in the middle of its first sync and replay. */
async function crashPlugin({ world: { plugin }, addresses }: Arena, random: SeededRandom): Promise<void> {
  await plugin.kill();
  if (random.int(0, 1) === 0) {
    await plugin.startUnready(addresses);
    await sleep(random.int(0, REPLAY_MS_MAX));
    await plugin.kill();
  }
  await plugin.start(addresses);
}

/** The plugin gets through again only after the agent's memory has been compared with its promises. */
async function crashAgent({ agent, proxy, promised }: Post): Promise<void> {
  await agent.kill();
  await proxy.close();
  await agent.start();
  const table = await heldInTable(agent);
  assert.deepEqual(
    promised.contradictions(new Map(Object.entries(table))),
    [],
    `${agent.name} broke its word after SIGKILL`,
  );
  // Files may be written behind the answers, but not for long.
  await waitFor(() => agrees(agent), { what: `files and table of ${agent.name} to agree after SIGKILL` });
  await proxy.open();
}

async function agrees(agent: Agent): Promise<true> {
  assert.deepEqual(heldInFiles(agent), await heldInTable(agent));
  return true;
}
