import { createConfigApiClient, type ConfigApiClient } from '@vrouter/config-api-client';
import { createLogger, systemClock } from '@vrouter/service-kit';
import { waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Binding } from '../binding/desired-port.ts';
import { EMPTY, MAC, onlyPort, PLACEMENTS, vmWith, VM_ID } from '../binding/testing/inventory.ts';
import type { Inventory } from '../inventory/model.ts';
import { AsComputeMode } from './as-compute-mode.ts';
import { configApiServer, type ConfigApiServer } from './testing/config-api-server.ts';
import { OpenStack } from './testing/open-stack.ts';

const NETWORK = 'a0b1c2d3-0000-4000-8000-000000000001';
const NETWORKS = [{ key: 'dvportgroup-21', name: `domain-c7-${NETWORK}`, vlan: { primary: 5, isolated: 6 } }];
const INVENTORY: Inventory = {
  ...EMPTY,
  networks: NETWORKS,
  vms: [vmWith([{}], { annotation: 'name:shop flavor:small' })],
};

let server: ConfigApiServer;
let openStack: OpenStack;
let project: string;
let mode: AsComputeMode;
let inventory: Inventory;
/** What was bound last. */
let bound: Binding | { readonly reason: string };

beforeEach(async () => {
  server = await configApiServer();
  openStack = new OpenStack(server);
  project = await openStack.project();
  inventory = INVENTORY;
});
afterEach(async () => {
  await mode.stop();
  await server.close();
});

/** A client that fails loudly at every attempt to write. */
function readOnly(api: ConfigApiClient): ConfigApiClient {
  const write = (): never => {
    throw new Error('mode vcenter-as-compute wrote to the config API');
  };
  return { ...api, create: write, update: write, delete: write, updateReference: write };
}

function start(rereadMs = 3_600_000): void {
  const api = readOnly(createConfigApiClient({ url: server.url }));
  const log = createLogger('test', 'silent');
  mode = new AsComputeMode({ api, clock: systemClock, log, lifecycle: 'power', rereadMs });
  const bind = (): void => void (bound = mode.bind(inventory, PLACEMENTS));
  mode.start(bind);
  bind();
}

/** The inventory becomes `next`, as vCenter would report it. */
function become(next: Inventory): void {
  inventory = next;
  bound = mode.bind(inventory, PLACEMENTS);
}

function boundIs(check: (binding: Binding) => boolean, what: string): Promise<Binding> {
  return waitFor(() => 'agents' in bound && check(bound) && bound, { what });
}

const hasPort = ({ agents }: Binding): boolean => agents.get('agent-1')?.ports.size === 1;
const addressOf = (binding: Binding): string => onlyPort(binding).port['ip-address'];
const isWaiting = ({ problems }: Binding): boolean => problems.some(({ kind }) => kind === 'waiting');

test('the port of an adapter is the interface of its VM, with the names, ids and address that OpenStack gave', async () => {
  await openStack.network(NETWORK);
  await openStack.machine(VM_ID);
  const id = await openStack.interface(VM_ID, NETWORK, MAC);
  start();
  const { port, enabled } = onlyPort(await boundIs(hasPort, 'the port'));
  expect(enabled).toBe(true);
  expect(port).toMatchObject({
    id,
    'system-name': id,
    'instance-id': VM_ID,
    'vn-id': NETWORK,
    'vm-project-id': project,
    'display-name': 'shop',
    'mac-address': MAC,
    'ip-address': '10.9.0.3',
    'tx-vlan-id': 5,
    'rx-vlan-id': 6,
  });
});

test('an interface that is not there yet is waited for, shown, and never made up', async () => {
  await openStack.network(NETWORK);
  start();
  const binding = await boundIs(isWaiting, 'the adapter to wait');
  expect(hasPort(binding)).toBe(false);
  expect(binding.problems).toMatchObject([{ kind: 'waiting', subject: `web-1 / ${MAC}` }]);
  await openStack.machine(VM_ID);
  const id = await openStack.interface(VM_ID, NETWORK, MAC);
  expect(onlyPort(await boundIs(hasPort, 'the port')).port.id).toBe(id);
  expect(isWaiting(bound as Binding)).toBe(false);
});

test('nothing is written, and nothing is read object by object', async () => {
  await openStack.network(NETWORK);
  await openStack.machine(VM_ID);
  await openStack.interface(VM_ID, NETWORK, MAC);
  await server.forgetRequests();
  start();
  await boundIs(hasPort, 'the port');
  expect(await server.requests()).toEqual({
    'fqname-to-id': 1,
    'list virtual-network': 1,
    'list virtual-machine-interface': 1,
    'list instance-ip': 1,
  });
});

test('before the config API was read nothing is bound, even if there is nothing to be bound', async () => {
  await server.faults({ effect: { kind: 'status', status: 503 } });
  inventory = EMPTY;
  start();
  await waitFor(() => mode.report().reason !== null, { what: 'the failure to show' });
  expect(bound).toMatchObject({ kind: 'unread' });
  expect(mode.report()).toMatchObject({ complete: false });
  await server.faults();
  await boundIs(() => true, 'the mode to become complete');
  expect(mode.report()).toMatchObject({ complete: true, reason: null });
});

test('ports stay when the config API goes away later, and what it changed meanwhile is found afterwards', async () => {
  await openStack.network(NETWORK);
  await openStack.machine(VM_ID);
  const id = await openStack.interface(VM_ID, NETWORK, MAC);
  start(200);
  await boundIs(hasPort, 'the port');
  await server.faults({ effect: { kind: 'status', status: 503 } });
  await waitFor(() => mode.report().reason !== null, { what: 'the failure to show' });
  expect(onlyPort(mode.bind(inventory, PLACEMENTS) as Binding).port.id).toBe(id);
  await server.faults();
  await openStack.removeInterface(id);
  await boundIs(isWaiting, 'the port to go');
});

test('a port group that is not one of OpenStack is not looked for', async () => {
  inventory = {
    ...INVENTORY,
    networks: [{ ...NETWORKS[0], key: 'dvportgroup-21', name: 'backup', vlan: undefined }],
  };
  start();
  await boundIs(({ problems }) => problems.length > 0, 'a problem');
  inventory = {
    ...INVENTORY,
    networks: [{ key: 'dvportgroup-21', name: 'backup', vlan: { primary: 1, isolated: 1 } }],
  };
  bound = mode.bind(inventory, PLACEMENTS);
  expect((bound as Binding).problems).toMatchObject([
    { kind: 'waiting', text: 'port group backup has no network id at the end of its name' },
  ]);
});

test.for([
  ['its adapter comes back', { ...INVENTORY, vms: [vmWith([])] }],
  ['it is powered on', { ...INVENTORY, vms: [vmWith([{}], { power: 'off' as const })] }],
] as const)(
  'a VM whose interface was replaced has the new one when %s, and never the old one',
  async ([, without]) => {
    await openStack.network(NETWORK);
    await openStack.machine(VM_ID);
    const old = await openStack.interface(VM_ID, NETWORK, MAC);
    start();
    await boundIs(hasPort, 'the port');
    become(without);
    await openStack.removeInterface(old);
    const id = await openStack.interface(VM_ID, NETWORK, MAC);
    become(INVENTORY);
    expect(isWaiting(bound as Binding)).toBe(true);
    expect(onlyPort(await boundIs(hasPort, 'the port')).port.id).toBe(id);
  },
);

test('a VM that moves keeps its port at once, and its objects are read again, once', async () => {
  await openStack.network(NETWORK);
  await openStack.machine(VM_ID);
  const old = await openStack.interface(VM_ID, NETWORK, MAC);
  start();
  await boundIs(hasPort, 'the port');
  await openStack.removeInterface(old);
  const id = await openStack.interface(VM_ID, NETWORK, MAC);
  await server.forgetRequests();
  become({ ...INVENTORY, vms: [vmWith([{}], { host: 'esx-2' })] });
  expect(onlyPort(bound as Binding, 'agent-2').port.id).toBe(old);
  await boundIs((binding) => binding.agents.get('agent-2')?.ports.has(id) === true, 'the new interface');
  await openStack.removeInterface(id);
  const last = await openStack.interface(VM_ID, NETWORK, MAC);
  become(INVENTORY);
  await boundIs((binding) => binding.agents.get('agent-1')?.ports.has(last) === true, 'the last interface');
  const requests = await server.requests();
  expect(requests).toMatchObject({ 'list virtual-network': 2, 'list virtual-machine-interface': 2 });
});

test('an address that is given later than its interface was made is waited for, and shown', async () => {
  await openStack.network(NETWORK);
  await openStack.machine(VM_ID);
  const id = await openStack.bareInterface(VM_ID, NETWORK, MAC);
  start();
  const without = await boundIs(hasPort, 'the port');
  expect(addressOf(without)).toBe('0.0.0.0');
  expect(without.problems).toMatchObject([{ kind: 'waiting', subject: `web-1 / ${MAC}` }]);
  await openStack.address(id, NETWORK);
  const binding = await boundIs((each) => addressOf(each) === '10.9.0.3', 'the address');
  expect(isWaiting(binding)).toBe(false);
});

test('what is left of VMs that are gone is forgotten', async () => {
  await openStack.network(NETWORK);
  await openStack.machine(VM_ID);
  await openStack.interface(VM_ID, NETWORK, MAC);
  start();
  await boundIs(hasPort, 'the port');
  expect(mode.report()).toMatchObject({ objects: { networks: 1, interfaces: 1, addresses: 1 } });
  become(EMPTY);
  expect(mode.report()).toMatchObject({ objects: { networks: 0, interfaces: 0, addresses: 0 } });
});
