import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Binding } from '../binding/desired-port.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { Fleet } from './fleet.ts';
import { DEAD, httpAgent, OBEDIENT, type HttpAgent } from './testing/http-agent.ts';
import { liveWorker, wantedPorts } from './testing/live-worker.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let agents: HttpAgent[];
let fleet: Fleet;

beforeEach(async () => {
  folder = temporaryFolder();
  ledger = openSqliteLedger(join(folder.path, 'ledger.db'));
  agents = [await httpAgent(DEAD), await httpAgent(OBEDIENT)];
  fleet = new Fleet(
    agents.map(({ url }, index) => {
      const name = `agent-${index + 1}`;
      return { name, url, host: `esx-${index + 1}`, worker: liveWorker({ url, ledger, name }) };
    }),
  );
});
afterEach(async () => {
  await fleet.stop();
  await Promise.all(agents.map((agent) => agent.close()));
  ledger.close();
  folder.remove();
});

function binding(...names: string[]): Binding {
  const agent = { ports: wantedPorts(1, 20), parked: false };
  return { agents: new Map(names.map((name) => [name, agent])), problems: [] };
}

test('an agent that accepts and never answers does not delay another', async () => {
  fleet.apply(binding('agent-1', 'agent-2'));
  const [dead, alive] = fleet.members.map(({ worker }) => worker);
  await waitFor(() => alive?.report().phase === 'steady', { what: 'the living agent to be served' });
  expect(dead?.report()).toMatchObject({ phase: 'syncing', syncs: 0 });
  expect(agents[1]?.requests.filter(({ path }) => path.startsWith('/enable-port/'))).toHaveLength(20);
});

test('an agent that the binding does not name is left as it is', () => {
  fleet.apply(binding('agent-2'));
  expect(fleet.member('agent-1')?.worker.report().phase).toBe('gated');
  expect(fleet.member('agent-2')?.worker.report().phase).toBe('syncing');
});

test('a lost inventory is told to every agent', () => {
  fleet.inventoryLost();
  fleet.apply(binding('agent-1'));
  fleet.inventoryLost();
  expect(fleet.members.map(({ worker }) => worker.report().phase)).toEqual(['gated', 'gated']);
});

test('members are found by name', () => {
  expect(fleet.member('agent-2')?.host).toBe('esx-2');
  expect(fleet.member('agent-9')).toBeUndefined();
});
