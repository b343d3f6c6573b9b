import assert from 'node:assert/strict';
import { parsePortFile } from '@vrouter/port-model';
import type { Agent } from '../world/agent.ts';
import type { HeldPort } from '../world/oracle.ts';

/** The ports in the agent's table, by id. */
export async function heldInTable(agent: Agent): Promise<Record<string, HeldPort>> {
  const { ports } = await agent.state();
  return sorted(ports.map(({ id, port, linkState }) => [id, held(port, linkState)]));
}

/** What the agent's port files say, by file name; a file that does not parse is an error. */
export function heldInFiles(agent: Agent): Record<string, HeldPort> {
  const entries = Object.entries(agent.files()).map(([name, text]): [string, HeldPort] => {
    const parsed = parsePortFile(text);
    assert.ok(parsed.ok, `port file ${name} of ${agent.name} does not parse: ${text}`);
    return [name, held(parsed.value.port, parsed.value.linkState)];
  });
  return sorted(entries);
}

function held(record: Readonly<Record<string, unknown>>, linkState: number): HeldPort {
  const { 'link-state': _elsewhere, ...port } = record;
  return { port, linkState };
}

function sorted(entries: readonly [string, HeldPort][]): Record<string, HeldPort> {
  return Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b)));
}
