import { join } from 'node:path';
import { manualClock, temporaryFolder, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Binding } from '../binding/desired-port.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import type { Fleet } from './fleet.ts';
import { HANDOVER_MS_MAX } from './handover.ts';
import type { Place } from './member.ts';
import { DEAD, httpAgent, OBEDIENT, type HttpAgent } from './testing/http-agent.ts';
import { liveFleet, wantedPorts } from './testing/live-worker.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let agents: HttpAgent[];
let fleet: Fleet;

beforeEach(async () => {
  folder = temporaryFolder();
  ledger = openSqliteLedger(join(folder.path, 'ledger.db'));
  agents = [await httpAgent(DEAD), await httpAgent(OBEDIENT)];
  fleet = liveFleet(ledger);
  fleet.place(places());
});
afterEach(async () => {
  await fleet.stop();
  await Promise.all(agents.map((agent) => agent.close()));
  ledger.close();
  folder.remove();
});

/** `agent-1` at the first of `urls`, and so on; by default where agents are. */
function places(urls: readonly string[] = agents.map(({ url }) => url)): Place[] {
  return urls.map((url, index) => ({ name: `agent-${index + 1}`, url, host: `esx-${index + 1}` }));
}

/** `first` are the numbers of the ports on agent-1, and so on. */
function binding(...ranges: (readonly [from: number, to: number])[]): Binding {
  const bound = ranges.map(
    ([from, to], index) => [`agent-${index + 1}`, { ports: wantedPorts(from, to), parked: false }] as const,
  );
  return { agents: new Map(bound), problems: [] };
}

const NONE = [1, 0] as const;

function steady(name: string): Promise<unknown> {
  return waitFor(() => fleet.member(name)?.report().phase === 'steady', { what: `${name} to be steady` });
}

/** What agent number `index` was asked, as `METHOD /first-word`. */
function asked(index: number): string[] {
  return (agents[index]?.requests ?? []).map(({ method, path }) => `${method} /${path.split('/')[1]}`);
}

test('an agent that accepts and never answers does not delay another', async () => {
  fleet.apply(places(), binding([1, 20], [21, 40]));
  await steady('agent-2');
  expect(fleet.member('agent-1')?.report()).toMatchObject({ phase: 'syncing', syncs: 0 });
  expect(asked(1).filter((request) => request === 'PUT /enable-port')).toHaveLength(20);
});

test('a lost inventory is told to every agent', () => {
  fleet.inventoryLost();
  fleet.apply(places(), binding([1, 1], NONE));
  fleet.inventoryLost();
  expect(fleet.members.map((member) => member.report().phase)).toEqual(['gated', 'gated']);
});

test('members are found by name', () => {
  expect(fleet.member('agent-2')?.host).toBe('esx-2');
  expect(fleet.member('agent-9')).toBeUndefined();
});

test('an agent that is gone is sent nothing and loses nothing; found again, a sync comes first', async () => {
  const [, second = ''] = places().map(({ url }) => url);
  const only = [{ name: 'agent-1', url: second, host: 'esx-1' }];
  fleet.apply(only, binding([1, 3]));
  await steady('agent-1');
  fleet.apply([], { agents: new Map(), problems: [] });
  const before = asked(1).length;
  expect(fleet.member('agent-1')?.report()).toMatchObject({ phase: 'gone', ports: { desired: 3 } });
  expect(fleet.member('agent-1')?.url).toBe(second);
  expect(ledger.load('agent-1')).toHaveLength(3);

  fleet.apply(only, binding([2, 3]));
  await steady('agent-1');
  expect(
    asked(1)
      .slice(before)
      .filter((one) => !one.includes('enable'))
      .sort(),
  ).toEqual(['DELETE /port', 'POST /port', 'POST /syncports']);
  expect(asked(1)[before]).toBe('POST /syncports');
});

test('an agent that held nothing and is gone is of no interest', async () => {
  fleet.apply(places().slice(1), binding());
  await waitFor(() => fleet.member('agent-1') === undefined, { what: 'agent-1 to be left out' });
});

test('an agent with another address gets its ports there, and the old address nothing more', async () => {
  const third = await httpAgent();
  agents.push(third);
  const [, second = ''] = places().map(({ url }) => url);
  const at = (url: string): Place[] => [{ name: 'agent-1', url, host: 'esx-1' }];
  fleet.apply(at(second), binding([1, 3]));
  await steady('agent-1');
  const before = asked(1).length;
  fleet.apply(at(third.url), binding([1, 4]));
  await steady('agent-1');
  expect(asked(2)[0]).toBe('POST /syncports');
  expect(asked(2).filter((request) => request === 'PUT /enable-port')).toHaveLength(4);
  expect(asked(1)).toHaveLength(before);
});

test('an address that goes from one agent to another never has two that talk to it', async () => {
  const [first = '', second = ''] = places().map(({ url }) => url);
  const slow = agents[0];
  if (slow === undefined) throw new Error('there is no agent');
  fleet.apply(places([first, second]), binding([1, 2], [11, 12]));
  await steady('agent-2');
  // Agent 1 is still waiting for an answer there when agent 2 is to be at its address, and the other way round.
  slow.behaviour = OBEDIENT;
  const before = slow.requests.length;
  fleet.apply(places([second, first]), binding([1, 2], [11, 12]));
  await steady('agent-1');
  await steady('agent-2');
  expect(asked(0)[before]).toBe('POST /syncports');
  const added = (slow.requests[before + 1]?.body ?? []) as { id: string }[];
  expect(added.map(({ id }) => id)).toEqual([...wantedPorts(11, 12).keys()]);
});

test('agents of an earlier life are shown before anything is known of their places', () => {
  const [port] = wantedPorts(1, 1).values();
  if (port === undefined) throw new Error('there is no port');
  ledger.save('agent-3', [{ portId: port.port.id, desired: port, held: undefined }]);
  fleet.remember(ledger.agents());
  expect(fleet.member('agent-3')).toMatchObject({ url: null, host: null, isGone: false });
  expect(fleet.member('agent-3')?.report()).toMatchObject({ phase: 'gated', ports: { desired: 1 } });
  fleet.apply(places(), binding(NONE, NONE));
  expect(fleet.member('agent-3')?.report().phase).toBe('gone');
  expect(fleet.member('agent-3')?.retries()).toMatchObject([{ portId: port.port.id, operation: 'add' }]);
});

test('a port that moves to an agent that is gone, or to none, leaves the old one at once', async () => {
  fleet.apply(places().slice(1), {
    agents: new Map([['agent-2', { ports: wantedPorts(1, 2), parked: false }]]),
    problems: [],
  });
  await steady('agent-2');
  const on = (name: string, to: number) => [name, { ports: wantedPorts(1, to), parked: false }] as const;
  fleet.apply(places().slice(1), { agents: new Map([on('agent-9', 2), on('agent-2', 0)]), problems: [] });
  await waitFor(() => asked(1).filter((request) => request === 'DELETE /port').length === 2, {
    what: 'both ports to go',
  });
});

test('of many ports that move, each leaves when it has arrived, and one that cannot arrive later', async () => {
  const [first] = agents;
  if (first === undefined) throw new Error('there is no agent');
  first.behaviour = OBEDIENT;
  fleet.apply(places(), binding([1, 30], NONE));
  await steady('agent-1');
  await steady('agent-2');
  const [stuck = ''] = wantedPorts(30, 30).keys();
  const second = agents[1];
  if (second !== undefined)
    second.behaviour = ({ path, body }) =>
      path === '/port' && JSON.stringify(body).includes(stuck)
        ? { status: 500, body: { error: 'Persist failed' } }
        : { status: 200, body: {} };
  fleet.apply(places(), binding(NONE, [1, 30]));
  const gone = (): string[] =>
    first.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('/')[2] ?? '');
  await waitFor(() => gone().length === 29, { what: '29 ports to go' });
  expect(gone()).not.toContain(stuck);
  if (second !== undefined) second.behaviour = OBEDIENT;
  await waitFor(() => gone().includes(stuck), { what: 'the last one to go', timeoutMs: 12_000 });
});

test('while the inventory is lost, a port that arrives elsewhere stays where it was, too', async () => {
  const [first, second] = agents;
  if (first === undefined || second === undefined) throw new Error('there is no agent');
  first.behaviour = OBEDIENT;
  fleet.apply(places(), binding([1, 1], NONE));
  await steady('agent-1');
  await steady('agent-2');
  second.behaviour = ({ path }) =>
    path === '/port' ? { status: 500, body: { error: 'Persist failed' } } : { status: 200, body: {} };
  fleet.apply(places(), binding(NONE, [1, 1]));
  fleet.inventoryLost();
  second.behaviour = OBEDIENT;
  await steady('agent-2');
  await waitFor(() => fleet.member('agent-2')?.report().ports.confirmed === 1, {
    what: 'the port to arrive',
  });
  expect(fleet.member('agent-1')?.report().ports.desired).toBe(1);
  fleet.apply(places(), binding(NONE, [1, 1]));
  await waitFor(() => asked(0).includes('DELETE /port'), { what: 'the port to go' });
});

test('an agent that is gone while it keeps a port for another is waited for no more', async () => {
  await fleet.stop();
  const clock = manualClock();
  fleet = liveFleet(ledger, clock);
  const [first, second] = agents;
  if (first === undefined || second === undefined) throw new Error('there is no agent');
  first.behaviour = OBEDIENT;
  fleet.apply(places(), binding([1, 1], NONE));
  await steady('agent-1');
  await steady('agent-2');
  second.behaviour = DEAD;
  fleet.apply(places(), binding(NONE, [1, 1]));
  fleet.apply(places().slice(1), {
    agents: new Map([['agent-2', { ports: wantedPorts(1, 1), parked: false }]]),
    problems: [],
  });
  // Throws where something is looked after again and again at the same moment.
  await clock.advance(2 * HANDOVER_MS_MAX);
  expect(fleet.member('agent-1')?.report().phase).toBe('gone');
});
