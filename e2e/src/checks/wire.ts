import assert from 'node:assert/strict';
import type { Request } from '../world/agent-admin.ts';
import type { Agent } from '../world/agent.ts';
import type { ProfileTraits } from '../world/profile-traits.ts';
import type { World } from '../world/world.ts';

/** What may be said of the requests that an agent received, in the order in which it received them. */

/** How many requests the agent has seen so far; `requestsSince` that moment are the ones after it. */
export async function mark(agent: Agent): Promise<number> {
  return (await agent.requests()).at(-1)?.seq ?? -1;
}

/** The same for every agent, in their order. */
export function marks(world: World): Promise<readonly number[]> {
  return Promise.all(world.agents.map(mark));
}

/** Requests after `since`; without, all since the agent's last start. */
export async function requestsSince(agent: Agent, since = -1): Promise<readonly Request[]> {
  return (await agent.requests()).filter(({ seq }) => seq > since);
}

/** The first request is an answered sync, and no port is touched before it. */
export function assertSyncFirst(requests: readonly Request[]): void {
  const sync = requests.findIndex(({ operation, status }) => operation === 'sync' && status === 200);
  assert.notEqual(sync, -1, `expected a sync, got ${shown(requests)}`);
  const before = requests.slice(0, sync).filter(({ operation }) => operation !== 'sync');
  assert.deepEqual(before, [], `requests before the sync in ${shown(requests)}`);
}

export function assertNoSync(requests: readonly Request[]): void {
  assert.deepEqual(
    requests.filter(({ operation }) => operation === 'sync'),
    [],
    'an outage of the agent alone needs no sync',
  );
}

/** Every port was added, and enabled after it where agents know link states, both with success. */
export function assertAdded(
  requests: readonly Request[],
  portIds: readonly string[],
  { linkStates }: ProfileTraits = { linkStates: true },
): void {
  for (const id of portIds) {
    const added = indexOf(requests, 'add', id);
    assert.notEqual(added, -1, `expected an add of ${id}, got ${shown(requests)}`);
    if (!linkStates) continue;
    const enabled = indexOf(requests.slice(added), 'enable', id);
    assert.notEqual(enabled, -1, `expected an enable of ${id} after its add, got ${shown(requests)}`);
  }
}

/** Every port was deleted with success, without asking the agent for it first and without an add later. */
export function assertDeleted(requests: readonly Request[], portIds: readonly string[]): void {
  for (const id of portIds) {
    const deleted = indexOf(requests, 'delete', id);
    assert.notEqual(deleted, -1, `expected a delete of ${id}, got ${shown(requests)}`);
    assert.equal(indexOf(requests.slice(deleted), 'add', id), -1, `an add of ${id} after its delete`);
  }
  if (!looksAtAll(requests, portIds)) assertNeverAskedFor(requests, portIds);
}

/** After each sync the plugin reads all ports back, which may well be just now; before a delete it would read those alone. */
function looksAtAll(requests: readonly Request[], portIds: readonly string[]): boolean {
  return requests.some(
    ({ operation, portIds: ids }) => operation === 'get' && ids.some((id) => !portIds.includes(id)),
  );
}

/** An answer "unknown" would tempt a client into keeping its delete to itself. */
export function assertNeverAskedFor(requests: readonly Request[], portIds: readonly string[]): void {
  const asked = requests.filter(
    ({ operation, portIds: ids }) => operation === 'get' && ids.some((id) => portIds.includes(id)),
  );
  assert.deepEqual(asked, [], 'the plugin asked for ports that it was about to delete');
}

/** Nobody asked for the ports' removal: if they are gone, the sweep has taken them. */
export function assertSwept(requests: readonly Request[], portIds: readonly string[]): void {
  for (const id of portIds) assert.equal(indexOf(requests, 'delete', id), -1, `a delete of ${id}`);
}

/** Nothing was asked of the agent but to read. */
export function assertQuiet(requests: readonly Request[]): void {
  const others = requests.filter(({ operation }) => operation !== 'get');
  assert.deepEqual(others, [], 'an agent that nothing happened to was sent requests');
}

/** No request named any of the ports, but to read it: that comes after every sweep. */
export function assertUntouched(requests: readonly Request[], portIds: readonly string[]): void {
  const touching = requests.filter(
    ({ operation, portIds: ids }) => operation !== 'get' && ids.some((id) => portIds.includes(id)),
  );
  assert.deepEqual(touching, [], 'ports that nothing happened to were touched');
}

/** Each request says who sent it: in the body of a POST, in the query of anything else. */
export function assertTyped(requests: readonly Request[]): void {
  for (const request of requests) {
    assert.ok(isTyped(request), `without type=2: ${JSON.stringify(request)}`);
  }
}

function isTyped({ method, query, body }: Request): boolean {
  if (method === 'POST') {
    return [JSON.parse(body ?? 'null')].flat().every((part: { type?: unknown } | null) => part?.type === 2);
  }
  return new URLSearchParams(query).get('type') === '2';
}

function indexOf(requests: readonly Request[], operation: string, id: string): number {
  return requests.findIndex(
    (request) => request.operation === operation && request.status === 200 && request.portIds.includes(id),
  );
}

function shown(requests: readonly Request[]): string {
  const lines = requests.map(({ operation, portIds, status }) => `${operation} ${portIds.join()} ${status}`);
  return lines.length === 0 ? 'no request' : lines.join('; ');
}
