import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../world/agent.ts';
import type { World } from '../world/world.ts';
import { requestsSince } from './wire.ts';

/** Waits until every agent has had a sync after `since`, and the deadlines of all its syncs have passed. */
export async function syncedAndSwept(world: World, since: readonly number[] = []): Promise<void> {
  for (const [index, agent] of world.agents.entries()) {
    await waitFor(() => isSwept(agent, since[index]), { what: `a sync of ${agent.name} and its sweep` });
  }
}

async function isSwept(agent: Agent, since: number | undefined): Promise<boolean> {
  const requests = await requestsSince(agent, since);
  const synced = requests.some(({ operation, status }) => operation === 'sync' && status === 200);
  return synced && (await agent.state()).deadlines.length === 0;
}
