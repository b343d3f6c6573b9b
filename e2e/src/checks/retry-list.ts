import assert from 'node:assert/strict';
import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../world/agent.ts';
import type { World } from '../world/world.ts';

/**
 * What may be owed in place of an operation: vCenter can tell of an address later than of its VM, and an add that was
 * tried without it is then owed as a delete, and an add after that.
 */
const OWED = { add: ['add', 'delete'], delete: ['delete'] } as const;

/** Waits until the plugin's retry list owes `operation` to `agent` for each of the ports, having tried at least once. */
export async function retryListShows(
  world: World,
  agent: Agent,
  operation: 'add' | 'delete',
  portIds: readonly string[],
): Promise<void> {
  const isOwed = async (): Promise<true> => {
    const retries = (await world.plugin.introspect.retries()).filter((retry) => retry.agent === agent.name);
    for (const id of portIds) {
      const retry = retries.find((each) => each.portId === id);
      const owed = OWED[operation].some((each) => each === retry?.operation);
      assert.ok(owed, `expected ${operation} of ${id} in ${JSON.stringify(retries)}`);
    }
    return true;
  };
  await waitFor(isOwed, { what: `the retry list to show ${operation} for ${agent.name}` });
}
