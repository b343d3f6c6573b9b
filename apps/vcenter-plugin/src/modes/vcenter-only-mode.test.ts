import { createConfigApiClient } from '@vrouter/config-api-client';
import { createLogger, systemClock } from '@vrouter/service-kit';
import { waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Binding } from '../binding/desired-port.ts';
import { bindStandalone } from '../binding/standalone.ts';
import {
  agentOf,
  EMPTY,
  inventoryOf,
  MAC,
  NETWORK_ID,
  onlyPort,
  PLACEMENTS,
  PORT_ID,
  VM_ID,
  vmWith,
} from '../binding/testing/inventory.ts';
import type { Inventory } from '../inventory/model.ts';
import { configApiServer, type ConfigApiServer } from './testing/config-api-server.ts';
import { HeldByAgents } from './testing/held-by-agents.ts';
import { VcenterOnlyMode } from './vcenter-only-mode.ts';

const BLUE = { name: 'blue', subnet: '10.0.1.0/24', addresses: 'api' as const };
const TYPES = ['virtual-network', 'virtual-machine', 'virtual-machine-interface', 'instance-ip'];

let server: ConfigApiServer;
let agents: HeldByAgents;
let mode: VcenterOnlyMode;
let inventory: Inventory;
let bound: Binding | { readonly reason: string };

beforeEach(async () => {
  server = await configApiServer();
  agents = new HeldByAgents();
  inventory = inventoryOf(vmWith([{}]));
});
afterEach(async () => {
  await mode.stop();
  await server.close();
});

interface Options {
  readonly addresses?: 'api' | 'guest';
  readonly rereadMs?: number;
}

function start({ addresses = 'api', rereadMs = 3_600_000 }: Options = {}): void {
  const api = createConfigApiClient({ url: server.url, connections: 4, responseTimeoutMs: 1_000 });
  mode = new VcenterOnlyMode({
    api,
    clock: systemClock,
    log: createLogger('test', 'silent'),
    lifecycle: 'power',
    agents,
    addresses: [{ ...BLUE, addresses }],
    concurrency: 4,
    rereadMs,
  });
  mode.start(bind);
  bind();
}

function bind(): void {
  bound = mode.bind(inventory, PLACEMENTS);
  if ('agents' in bound) agents.obey(bound);
  mode.progress();
}

function become(next: Inventory): void {
  inventory = next;
  bind();
}

function boundIs(check: (binding: Binding) => boolean, what: string): Promise<Binding> {
  return waitFor(() => 'agents' in bound && check(bound) && bound, { what });
}

const portsOf = (binding: Binding): number => agentOf(binding).ports.size;

/** Uuids of our objects by type, once nothing is left to be done. */
async function settledObjects(): Promise<Record<string, string[]>> {
  await waitFor(() => mode.report().complete && mode.report().pending === 0, { what: 'all work to be done' });
  const lists = TYPES.map(async (type) => {
    const objects = await server.objects(type);
    const ours = objects.filter(
      ({ id_perms: perms }) => (perms as { creator?: string }).creator === 'vcenter-plugin',
    );
    return [type, ours.map(({ uuid }) => String(uuid)).sort()];
  });
  return Object.fromEntries(await Promise.all(lists)) as Record<string, string[]>;
}

test('everything is made in the config API, and then there is a port with the address that it chose', async () => {
  start();
  const { port, enabled } = onlyPort(await boundIs((binding) => portsOf(binding) === 1, 'the port'));
  const [project] = (await server.objects('project')).filter(({ fq_name: name }) =>
    String(name).endsWith('vCenter'),
  );
  expect(enabled).toBe(true);
  expect(port).toMatchObject({
    id: PORT_ID,
    'instance-id': VM_ID,
    'vn-id': NETWORK_ID,
    'vm-project-id': project?.['uuid'],
    'display-name': 'web-1',
    'ip-address': '10.0.1.3',
    'tx-vlan-id': 100,
  });
  const objects = await settledObjects();
  expect(objects).toMatchObject({
    'virtual-network': [NETWORK_ID],
    'virtual-machine': [VM_ID],
    'virtual-machine-interface': [PORT_ID],
  });
  expect(objects['instance-ip']).toHaveLength(1);
  const [machine] = await server.objects('virtual-machine');
  expect(machine?.['display_name']).toBe('place-of-agent-1');
});

test('a VM that goes takes its objects with it, but not before the agent has let go of its port', async () => {
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  agents.freeze();
  become(EMPTY);
  await boundIs((binding) => portsOf(binding) === 0, 'the port to go');
  const held = await settledObjects();
  expect(held['virtual-machine-interface']).toEqual([PORT_ID]);
  expect(held['instance-ip']).toHaveLength(1);
  agents.thaw();
  mode.progress();
  await waitFor(async () => (await server.objects('virtual-machine')).length === 0, { what: 'the VM to go' });
  expect(await settledObjects()).toEqual({
    'virtual-network': [NETWORK_ID],
    'virtual-machine': [],
    'virtual-machine-interface': [],
    'instance-ip': [],
  });
});

test('a power cycle keeps the address', async () => {
  start();
  const before = onlyPort(await boundIs((binding) => portsOf(binding) === 1, 'the port')).port;
  become(inventoryOf(vmWith([{}], { power: 'off' })));
  await boundIs((binding) => portsOf(binding) === 0, 'the port to go');
  const objects = await settledObjects();
  expect(objects['instance-ip']).toHaveLength(1);
  become(inventoryOf(vmWith([{}])));
  expect(onlyPort(bound as Binding).port).toEqual(before);
});

test('an adapter that changes its network gets another interface there, and its address is freed', async () => {
  const green = { key: 'dvportgroup-22', name: 'green', vlan: { primary: 7, isolated: 7 } };
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  become({ ...inventoryOf(vmWith([{ network: green.key }])), networks: [...EMPTY.networks, green] });
  const onGreen = (b: Binding): boolean => portsOf(b) === 1 && onlyPort(b).port['tx-vlan-id'] === 7;
  const { port } = onlyPort(await boundIs(onGreen, 'the port in the other network'));
  await waitFor(async () => (await settledObjects())['instance-ip']?.length === 0, {
    what: 'its address to be freed',
  });
  const objects = await settledObjects();
  expect(objects['virtual-machine-interface']).toEqual([port.id]);
  expect(objects['virtual-network']).toHaveLength(2);
});

test('what is there already is adopted, whoever made it; objects of others are never touched', async () => {
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  await mode.stop();
  const foreign = 'f0000000-0000-4000-8000-000000000001';
  const other = 'f0000000-0000-4000-8000-000000000002';
  await server.create('virtual-machine', { fq_name: [other], uuid: other });
  await server.create('virtual-machine-interface', {
    fq_name: ['default-domain', 'vCenter', foreign],
    uuid: foreign,
    parent_type: 'project',
    virtual_machine_refs: [{ uuid: other }],
    virtual_network_refs: [{ uuid: NETWORK_ID }],
    virtual_machine_interface_mac_addresses: { mac_address: ['00:50:56:00:00:09'] },
  });
  await server.create('instance-ip', {
    fq_name: ['of somebody else'],
    virtual_machine_interface_refs: [{ uuid: foreign }],
    virtual_network_refs: [{ uuid: NETWORK_ID }],
  });
  const second = vmWith([{ mac: '00:50:56:00:00:09', key: '1' }], { id: other, name: 'other' });
  inventory = inventoryOf(vmWith([{}]), second);
  start();
  const binding = await boundIs((each) => portsOf(each) === 2, 'both ports');
  expect([...agentOf(binding).ports.keys()].sort()).toEqual([foreign, PORT_ID].sort());
  become(EMPTY);
  await waitFor(async () => (await settledObjects())['virtual-machine']?.length === 0, {
    what: 'ours to go',
  });
  expect((await server.objects('virtual-machine-interface')).map(({ uuid }) => uuid)).toEqual([foreign]);
  expect((await server.objects('virtual-machine')).map(({ uuid }) => uuid)).toEqual([other]);
});

test('an address of the guest is kept in the config API, and another one takes its place once it forwards', async () => {
  inventory = inventoryOf(vmWith([{ ip: '10.0.1.77' }]));
  start({ addresses: 'guest' });
  await boundIs(
    (b) => portsOf(b) === 1 && onlyPort(b).port['ip-address'] === '10.0.1.77',
    'the port with its address',
  );
  become(inventoryOf(vmWith([{ ip: '10.0.1.78' }])));
  await boundIs((b) => onlyPort(b).port['ip-address'] === '10.0.1.78', 'the other address');
  await waitFor(
    async () => {
      mode.progress();
      const addresses = (await server.objects('instance-ip')).map(({ instance_ip_address: ip }) => ip);
      return addresses.join() === '10.0.1.78';
    },
    { what: 'the old address to be released' },
  );
});

test('a restart with everything there asks for lists, never for objects', async () => {
  const vms = Array.from({ length: 30 }, (_, nth) =>
    vmWith([{ mac: `00:50:56:00:01:${String(nth + 10)}` }], {
      id: `50270000-0000-4000-8000-0000000001${String(nth + 10)}`,
      name: `vm-${nth}`,
    }),
  );
  inventory = inventoryOf(...vms);
  start();
  await boundIs((binding) => portsOf(binding) === 30, 'all ports');
  await settledObjects();
  await mode.stop();
  await server.forgetRequests();
  start();
  await boundIs((binding) => portsOf(binding) === 30, 'all ports again');
  await waitFor(() => mode.report().pending === 0, { what: 'all work to be done' });
  expect(await server.requests()).toEqual({
    'fqname-to-id': 3,
    'list virtual-network': 1,
    'list virtual-machine': 1,
    'list virtual-machine-interface': 1,
    'list instance-ip': 1,
  });
});

test.each(['create', 'delete'])(
  'answers to every %s that are lost change nothing about the outcome',
  async (operation) => {
    await server.faults({ operation, probability: 0.5, effect: { kind: 'drop', when: 'after' } });
    start();
    await boundIs((binding) => portsOf(binding) === 1, 'the port');
    expect((await settledObjects())['instance-ip']).toHaveLength(1);
    become(EMPTY);
    await waitFor(async () => (await server.objects('virtual-machine')).length === 0, {
      what: 'the VM to go',
    });
    const objects = await settledObjects();
    expect(objects['virtual-machine-interface']).toEqual([]);
    expect(objects['instance-ip']).toEqual([]);
  },
);

test('the config API away at the start: nothing is bound; away later: what is known stays, and changes queue', async () => {
  await server.faults({ effect: { kind: 'status', status: 503 } });
  start();
  await waitFor(() => mode.report().reason !== null, { what: 'the failure to show' });
  expect(bound).toMatchObject({ kind: 'unread' });
  await server.faults();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');

  await server.faults({ effect: { kind: 'status', status: 503 } });
  become(inventoryOf(vmWith([{}, { mac: '00:50:56:00:00:07', key: '7' }])));
  await waitFor(() => mode.report().reason !== null, { what: 'the outage to show' });
  expect([...agentOf(bound as Binding).ports.keys()]).toEqual([PORT_ID]);
  expect(mode.report().pending).toBeGreaterThan(0);
  await server.faults();
  await boundIs((binding) => portsOf(binding) === 2, 'the second port');
  expect(mode.report().reason).toBeNull();
});

test('a port that waits for its objects stays on the agent that has it', async () => {
  await server.faults({
    operation: 'create',
    type: 'virtual-machine',
    effect: { kind: 'status', status: 503 },
  });
  const desired = { ...onlyPort(bindStandalone(inventory, PLACEMENTS, 'power')), enabled: true };
  agents.had('agent-1', desired);
  start();
  const binding = await boundIs((each) => portsOf(each) === 1, 'the port to be kept');
  expect(onlyPort(binding).port).toEqual(desired.port);
  expect(binding.problems).toMatchObject([{ kind: 'waiting' }]);
  await server.faults();
  await boundIs((each) => onlyPort(each).port['ip-address'] === '10.0.1.3', 'the address');
});

test('after the loss of our memory the config API tells which agent may still hold the port of a VM that is gone', async () => {
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  await settledObjects();
  await mode.stop();
  agents = new HeldByAgents();
  agents.freeze();
  inventory = EMPTY;
  start();
  await waitFor(() => agents.suspected.length > 0, { what: 'the agent to be suspected' });
  expect(agents.suspected).toMatchObject([{ agent: 'agent-1', port: { id: PORT_ID, 'mac-address': MAC } }]);
  expect((await settledObjects())['virtual-machine-interface']).toEqual([PORT_ID]);
  agents.thaw();
  mode.progress();
  await waitFor(async () => (await server.objects('virtual-machine')).length === 0, { what: 'the VM to go' });
});

test('no address left: the port waits, an operator is told, and a freed one is used', async () => {
  const second = vmWith([{ mac: '00:50:56:00:00:08', key: '8' }], {
    id: 'b'.repeat(8) + VM_ID.slice(8),
    name: 'late',
  });
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  await server.faults({
    operation: 'create',
    type: 'instance-ip',
    effect: { kind: 'status', status: 400, text: 'exhausted' },
  });
  become(inventoryOf(vmWith([{}]), second));
  await waitFor(() => mode.report().problems.some(({ text }) => text.includes('exhausted')), {
    what: 'a problem',
  });
  expect(portsOf(bound as Binding)).toBe(1);
  await server.faults();
  await boundIs((binding) => portsOf(binding) === 2, 'the second port');
});

test('an adapter without an address holds up none of the other adapters of its VM', async () => {
  const green = { key: 'dvportgroup-22', name: 'green', vlan: { primary: 7, isolated: 7 } };
  const cards = [{}, { mac: '00:50:56:00:00:08', key: '8', network: green.key }];
  start();
  await settledObjects();
  await server.faults({
    operation: 'create',
    type: 'instance-ip',
    effect: { kind: 'status', status: 400, text: 'full' },
  });
  become({ ...inventoryOf(vmWith(cards)), networks: [...EMPTY.networks, green] });
  await boundIs((binding) => agentOf(binding).ports.size === 1, 'the port of the other one');
  expect(mode.report().problems).toEqual([
    expect.objectContaining({ text: expect.stringContaining('full') }),
  ]);
});

test('a port group that is made anew under its old name gets its network once the old one is unused', async () => {
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  const again = { key: 'dvportgroup-99', name: 'blue', vlan: { primary: 100, isolated: 101 } };
  become({ ...EMPTY, networks: [again], vms: [vmWith([{ network: again.key }])] });
  await boundIs(
    (b) => portsOf(b) === 1 && onlyPort(b).port['vn-id'] !== NETWORK_ID,
    'a port in the new network',
  );
  expect((await settledObjects())['virtual-network']).not.toContain(NETWORK_ID);
});

test('a floating ip that somebody attached is taken off before its interface goes, and stays', async () => {
  start();
  await boundIs((binding) => portsOf(binding) === 1, 'the port');
  await server.create('floating-ip-pool', {
    fq_name: ['default-domain', 'vCenter', 'blue', 'pool'],
    parent_type: 'virtual-network',
  });
  const floating = await server.create('floating-ip', {
    fq_name: ['default-domain', 'vCenter', 'blue', 'pool', 'f1'],
    parent_type: 'floating-ip-pool',
    virtual_machine_interface_refs: [{ uuid: PORT_ID }],
  });
  become(EMPTY);
  await waitFor(async () => (await server.objects('virtual-machine')).length === 0, { what: 'the VM to go' });
  expect((await server.objects('floating-ip')).map(({ uuid }) => uuid)).toEqual([floating]);
});
