import assert from 'node:assert/strict';
import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../world/agent.ts';
import type { World } from '../world/world.ts';

/** Waits until the plugin's retry list owes `operation` to `agent` for each of the ports, having tried at least once. */
export async function retryListShows(
  world: World,
  agent: Agent,
  operation: 'add' | 'delete',
  portIds: readonly string[],
): Promise<void> {
  const owed = async (): Promise<true> => {
    const retries = (await world.plugin.introspect.retries()).filter((retry) => retry.agent === agent.name);
    for (const id of portIds) {
      const retry = retries.find((each) => each.portId === id);
      assert.equal(retry?.operation, operation, `retry of ${id} in ${JSON.stringify(retries)}`);
    }
    return true;
  };
  await waitFor(owed, { what: `the retry list to show ${operation} for ${agent.name}` });
}
