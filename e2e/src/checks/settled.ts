import assert from 'node:assert/strict';
import { parsePortFile } from '@vrouter/port-model';
import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../world/agent.ts';
import { expectedPorts, type HeldPort } from '../world/oracle.ts';
import type { World } from '../world/world.ts';

const SETTLED_MS_MAX = 20_000;

/** Waits until every agent holds what the inventory says, in its table and in its files, and the plugin owes nothing. */
export async function settled(world: World): Promise<void> {
  await waitFor(() => assertSettled(world), {
    what: 'the agents to hold what the inventory says, and the plugin to owe nothing',
    timeoutMs: SETTLED_MS_MAX,
  });
}

async function assertSettled(world: World): Promise<true> {
  for (const agent of world.agents) await assertHolds(world, agent);
  assert.deepEqual(await world.plugin.retries(), [], 'the retry list');
  for (const { name, phase } of await world.plugin.agents())
    assert.equal(phase, 'steady', `phase of ${name}`);
  return true;
}

/** The agent's table and its files are exactly the ports of its host, field by field. */
export async function assertHolds(world: World, agent: Agent): Promise<void> {
  const expected = expectedPorts(world.picture, world.lifecycle, agent.host);
  const { ports } = await agent.state();
  const table = ports.map(({ id, port, linkState }) => [id, held(port, linkState)] as const);
  assert.deepEqual(sorted(table), expected, `the table of ${agent.name}`);
  assert.deepEqual(heldInFiles(agent), expected, `the port files of ${agent.name}`);
}

/** What the agent's port files say; a file that does not parse is an error. */
export function heldInFiles(agent: Agent): Record<string, HeldPort> {
  const entries = Object.entries(agent.files()).map(([name, text]) => {
    const parsed = parsePortFile(text);
    assert.ok(parsed.ok, `port file ${name} of ${agent.name} does not parse: ${text}`);
    return [name, held(parsed.value.port, parsed.value.linkState)] as const;
  });
  return sorted(entries);
}

function held(record: Readonly<Record<string, unknown>>, linkState: number): HeldPort {
  const { 'link-state': _elsewhere, ...port } = record;
  return { port, linkState };
}

function sorted(entries: readonly (readonly [string, HeldPort])[]): Record<string, HeldPort> {
  return Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b)));
}
