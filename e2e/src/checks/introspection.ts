import { waitFor } from '@vrouter/testkit';
import type { World } from '../world/world.ts';
import { requestsSince } from './wire.ts';

/** Waits until the plugin says that it has no complete inventory, and why. */
export function incompleteReason(world: World): Promise<string> {
  return waitFor(
    async () => {
      const { complete, reason } = await world.plugin.introspect.inventory();
      return !complete && reason !== 'not read yet' && (reason ?? false);
    },
    { what: 'the plugin to say why the inventory is not complete' },
  );
}

/** Waits until the plugin has read a complete inventory. */
export async function inventoryComplete(world: World): Promise<void> {
  await waitFor(async () => (await world.plugin.introspect.inventory()).complete, {
    what: 'the plugin to have a complete inventory',
  });
}

/** What was asked of any agent after `since`; reading, which changes nothing, left out. */
export async function changesAsked(world: World, since: readonly number[]): Promise<readonly string[]> {
  const requests = await Promise.all(world.agents.map((agent, index) => requestsSince(agent, since[index])));
  return requests.flat().flatMap(({ operation }) => (operation === 'get' ? [] : [operation]));
}
