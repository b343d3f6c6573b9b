import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { manualClock } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Config } from '../config.ts';
import type { Inventory, InventorySource, InventoryState } from '../inventory/model.ts';
import { checkLive } from './check-live.ts';

const MAC = '00:50:56:bf:7d:a1';
const AGENTS = [
  { name: 'agent-1', url: 'http://127.0.0.1:1', host: 'esx-1' },
  { name: 'agent-9', url: 'http://127.0.0.1:9', host: 'esx-9' },
];
const INVENTORY: Inventory = {
  hosts: ['esx-1', 'esx-2'].map((name) => ({ name, maintenance: false, connected: true })),
  networks: [
    { key: 'dvportgroup-21', name: 'blue', vlan: { primary: 100, isolated: 101 } },
    { key: 'dvportgroup-22', name: 'bare', vlan: undefined, problem: 'is a trunk' },
  ],
  vms: [
    {
      id: '502789bb-240a-841f-e24c-1564537218f7',
      name: 'web-1',
      host: 'esx-1',
      power: 'on',
      adapters: [{ key: '4000', mac: MAC, network: 'dvportgroup-21', connected: true }],
    },
  ],
};

function configOf(url = 'https://vc.invalid/sdk'): Config {
  const inventory = { kind: 'vsphere', url, username: 'u', password: 'hunter2' };
  return Config.parse({ inventory, agents: AGENTS });
}

/** A source that says `states` at once, and counts how often it was stopped. */
function sourceOf(...states: readonly InventoryState[]): InventorySource & { stops: number } {
  return {
    description: 'vCenter test',
    stops: 0,
    start: (listener) => states.forEach(listener),
    async stop() {
      this.stops += 1;
    },
  };
}

test('the first reason why not is the error, and nothing is tried again', async () => {
  const source = sourceOf(
    { complete: false, reason: 'refused the login' },
    { complete: true, inventory: INVENTORY },
  );
  const printed: string[] = [];
  await expect(checkLive(configOf(), (text) => printed.push(text), source)).rejects.toMatchObject({
    exitCode: 1,
    message: 'vCenter test: refused the login',
  });
  expect(source.stops).toBe(1);
  expect(printed.join('\n')).not.toContain('hunter2');
});

test('silence ends after a minute', async () => {
  const clock = manualClock();
  const source = sourceOf();
  const outcome = checkLive(configOf(), () => undefined, source, clock).catch((error: unknown) => error);
  await clock.advance(59_999);
  expect(source.stops).toBe(0);
  await clock.advance(1);
  expect(await outcome).toMatchObject({
    exitCode: 1,
    message: 'vCenter test: no complete picture within 60 s',
  });
  expect(source.stops).toBe(1);
  expect(clock.pendingCount()).toBe(0);
});

test('a source that cannot start is stopped, and its error is the error', async () => {
  const clock = manualClock();
  const source = sourceOf();
  source.start = () => {
    throw new Error('no PEM');
  };
  await expect(checkLive(configOf(), () => undefined, source, clock)).rejects.toThrow('no PEM');
  expect({ stops: source.stops, pending: clock.pendingCount() }).toEqual({ stops: 1, pending: 0 });
});

test('where no vCenter answers, the reason is told', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  const config = configOf(`http://127.0.0.1:${port}/sdk`);
  await expect(checkLive(config, () => undefined)).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^vCenter http:.*: .*ECONNREFUSED/),
  });
});

test('what is there, and what does not fit, is told', async () => {
  const clock = manualClock();
  const source = sourceOf({ complete: true, inventory: INVENTORY });
  const printed: string[] = [];
  await checkLive(configOf(), (text) => printed.push(text), source, clock);
  expect(printed.slice(1)).toEqual([
    'vCenter test: 2 hosts, 2 networks, 1 VMs, 1 adapters',
    'hosts without agents: esx-2',
    'agents without hosts: agent-9 (esx-9)',
    'networks without VLAN: bare (is a trunk)',
    'agent-1: 1 ports',
    'agent-9: 0 ports',
    'warning: esx-2: no agent serves this host; 0 ports are on no agent',
    'warning: agent-9: its host esx-9 is not in the inventory',
    'The configuration is usable, and the inventory complete. Nothing was changed.',
  ]);
  expect({ stops: source.stops, pending: clock.pendingCount() }).toEqual({ stops: 1, pending: 0 });
});
