import { join } from 'node:path';
import { samplePort, temporaryFolder, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentsView } from '../config-api/agents-view.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { agentsView } from './agents-view.ts';
import type { Fleet } from './fleet.ts';
import { DEAD, httpAgent, OBEDIENT, type HttpAgent } from './testing/http-agent.ts';
import { liveFleet, wantedPorts } from './testing/live-worker.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let agents: HttpAgent[];
let fleet: Fleet;
let view: AgentsView;
const port = samplePort(1);

beforeEach(async () => {
  folder = temporaryFolder();
  ledger = openSqliteLedger(join(folder.path, 'ledger.db'));
  agents = [await httpAgent(DEAD), await httpAgent(OBEDIENT)];
  fleet = liveFleet(ledger);
  fleet.place(places());
  view = agentsView(() => fleet);
});
afterEach(async () => {
  await fleet.stop();
  await Promise.all(agents.map((agent) => agent.close()));
  ledger.close();
  folder.remove();
});

const places = () =>
  agents.map(({ url }, index) => ({ name: `agent-${index + 1}`, url, host: `esx-${index + 1}` }));

function want(ofFirst: number, ofSecond: number): void {
  const bound = [ofFirst, ofSecond].map(
    (count, index) => [`agent-${index + 1}`, { ports: wantedPorts(1, count), parked: false }] as const,
  );
  fleet.apply(places(), { agents: new Map(bound), problems: [] });
}

const gone = (): Promise<unknown> =>
  waitFor(() => view.holds(port.id) === undefined, { what: 'no agent to hold the port' });

test('a port is held, with its address, until the agent has confirmed that it is gone', async () => {
  expect(view.holds(port.id)).toBeUndefined();
  want(0, 1);
  expect(view.holds(port.id)).toEqual(new Set([port['ip-address']]));
  expect(view.desired('agent-2', port.id)?.port).toEqual(port);
  await waitFor(() => fleet.member('agent-2')?.report().ports.confirmed === 1, { what: 'the port' });
  want(0, 0);
  expect(view.holds(port.id)).toBeDefined();
  expect(view.desired('agent-2', port.id)).toBeUndefined();
  await gone();
});

test('an agent that does not answer, or is gone, still holds what it may hold', async () => {
  ledger.save('agent-9', [{ portId: port.id, desired: undefined, held: { port, ambiguous: false } }]);
  fleet.remember(['agent-9']);
  expect(view.holds(port.id)).toBeDefined();
  const place = { name: 'agent-9', url: agents[0]?.url ?? '', host: 'esx-9' };
  const nothing = { agents: new Map([['agent-9', { ports: new Map(), parked: false }]]), problems: [] };
  fleet.apply([place], nothing);
  expect(view.holds(port.id)).toBeDefined();
  fleet.apply([], { agents: new Map(), problems: [] });
  await waitFor(() => fleet.member('agent-9')?.worker === undefined, { what: 'the worker to end' });
  expect(view.holds(port.id)).toBeDefined();
});

test('a port that an agent is suspected to hold is deleted there, and is held until that is confirmed', async () => {
  view.suspect('agent-2', port);
  expect(view.holds(port.id)).toBeDefined();
  expect(agents[1]?.requests).toEqual([]);
  want(0, 0);
  await gone();
  const deletes = agents[1]?.requests.filter(({ method }) => method === 'DELETE') ?? [];
  expect(deletes.map(({ path }) => path.split('?')[0])).toEqual([`/port/${port.id}`]);
});

test('who is suspected of a port that is known better stays as it is', async () => {
  want(0, 1);
  view.suspect('agent-2', samplePort(1, { 'ip-address': '10.99.99.99' }));
  expect(view.holds(port.id)).toEqual(new Set([port['ip-address']]));
});

test('a place is found again by its word, unless nobody is there', () => {
  const place = view.placeOf('agent-2') ?? '';
  expect(place).toBe(new URL(agents[1]?.url ?? '').host);
  expect(view.agentAt(place)).toBe('agent-2');
  expect(view.agentAt('10.255.0.1')).toBeUndefined();
  expect(view.placeOf('nobody')).toBeUndefined();
  expect(view.isBraked()).toBe(false);
});
