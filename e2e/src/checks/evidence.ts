import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../world/world.ts';

/** Writes into the world's folder what a person needs to find out why it failed: error, logs, requests, states. */
export async function saveEvidence(world: World, error: string): Promise<void> {
  const save = (name: string, content: unknown): void =>
    writeFileSync(
      join(world.folder, name),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  save('error.txt', error);
  save('expected-inventory.json', world.picture);
  save('plugin.log', world.plugin.log());
  const introspection = world.plugin.isRunning
    ? await world.plugin.introspect.everything().catch(String)
    : 'not running';
  save('plugin.introspect.json', introspection);
  if (world.wire !== undefined) save('flows.txt', await world.wire.hypervisor.evidence());
  save('config-api.json', await world.mode.evidence().catch(String));
  for (const agent of world.agents) {
    save(`${agent.name}.log`, agent.log());
    save(`${agent.name}.requests.json`, await agent.allRequests().catch(String));
    save(`${agent.name}.state.json`, agent.isRunning ? await agent.state().catch(String) : 'not running');
  }
}
