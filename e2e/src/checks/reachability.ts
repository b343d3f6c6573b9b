import assert from 'node:assert/strict';
import type { StatePort } from '../world/agent-admin.ts';
import type { World } from '../world/world.ts';

/** Two ports reach each other when both forward, in one network, with addresses of their own. */
export async function assertReachable(world: World, portIds: readonly string[]): Promise<void> {
  const states = await Promise.all(world.agents.map((agent) => agent.state()));
  const held = states.flatMap(({ ports }) => ports);
  const ports = portIds.map(
    (id) => held.find((port) => port.id === id) ?? assert.fail(`no agent holds ${id}`),
  );
  for (const { id, linkState } of ports) assert.equal(linkState, 1, `link state of ${id}`);
  assert.equal(new Set(values(ports, 'vn-id')).size, 1, `networks: ${values(ports, 'vn-id').join(', ')}`);
  const addresses = values(ports, 'ip-address');
  assert.ok(!addresses.includes('0.0.0.0'), `every port needs an address, got ${addresses.join(', ')}`);
  assert.equal(new Set(addresses).size, ports.length, `addresses must differ, got ${addresses.join(', ')}`);
}

function values(ports: readonly StatePort[], field: string): readonly string[] {
  return ports.map(({ port }) => String(port[field]));
}
