import { waitFor } from '@vrouter/testkit';
import type { World } from '../world/world.ts';
import { requestsSince } from './wire.ts';

/** Waits until the plugin says that it has no complete inventory, and why. */
export function incompleteReason(world: World): Promise<string> {
  return waitFor(
    async () => {
      const { complete, reason } = await world.plugin.inventory();
      return !complete && reason !== 'not read yet' && (reason ?? false);
    },
    { what: 'the plugin to say why the inventory is not complete' },
  );
}

/** What was asked of any agent after `since`; reading, which changes nothing, left out. */
export async function changesAsked(world: World, since: readonly number[]): Promise<readonly string[]> {
  const requests = await Promise.all(world.agents.map((agent, index) => requestsSince(agent, since[index])));
  return requests.flat().flatMap(({ operation }) => (operation === 'get' ? [] : [operation]));
}
