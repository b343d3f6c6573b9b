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
import { portsOf, VcenterOnlyStage } from './testing/vcenter-only-stage.ts';

let stage: VcenterOnlyStage;
beforeEach(async () => {
  stage = await VcenterOnlyStage.open();
});
afterEach(() => stage.close());

test('everything is made in the config API, and then there is a port with the address that it chose', async () => {
  stage.start();
  const { port, enabled } = onlyPort(await stage.boundIs((binding) => portsOf(binding) === 1, 'the port'));
  const [project] = (await stage.server.objects('project')).filter(({ fq_name: name }) =>
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
  const objects = await stage.settledObjects();
  expect(objects).toMatchObject({
    'virtual-network': [NETWORK_ID],
    'virtual-machine': [VM_ID],
    'virtual-machine-interface': [PORT_ID],
  });
  expect(objects['instance-ip']).toHaveLength(1);
  const [machine] = await stage.server.objects('virtual-machine');
  expect(machine?.['display_name']).toBe('place-of-agent-1');
});

test('a power cycle keeps the address', async () => {
  stage.start();
  const before = onlyPort(await stage.boundIs((binding) => portsOf(binding) === 1, 'the port')).port;
  stage.become(inventoryOf(vmWith([{}], { power: 'off' })));
  await stage.boundIs((binding) => portsOf(binding) === 0, 'the port to go');
  const objects = await stage.settledObjects();
  expect(objects['instance-ip']).toHaveLength(1);
  stage.become(inventoryOf(vmWith([{}])));
  expect(onlyPort(stage.bound as Binding).port).toEqual(before);
});

test('what is there already is adopted, whoever made it; objects of others are never touched', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.mode.stop();
  const foreign = 'f0000000-0000-4000-8000-000000000001';
  const other = 'f0000000-0000-4000-8000-000000000002';
  await stage.server.create('virtual-machine', { fq_name: [other], uuid: other });
  await stage.server.create('virtual-machine-interface', {
    fq_name: ['default-domain', 'vCenter', foreign],
    uuid: foreign,
    parent_type: 'project',
    virtual_machine_refs: [{ uuid: other }],
    virtual_network_refs: [{ uuid: NETWORK_ID }],
    virtual_machine_interface_mac_addresses: { mac_address: ['00:50:56:00:00:09'] },
  });
  await stage.server.create('instance-ip', {
    fq_name: ['of somebody else'],
    virtual_machine_interface_refs: [{ uuid: foreign }],
    virtual_network_refs: [{ uuid: NETWORK_ID }],
  });
  const second = vmWith([{ mac: '00:50:56:00:00:09', key: '1' }], { id: other, name: 'other' });
  stage.inventory = inventoryOf(vmWith([{}]), second);
  stage.start();
  const binding = await stage.boundIs((each) => portsOf(each) === 2, 'both ports');
  expect([...agentOf(binding).ports.keys()].sort()).toEqual([foreign, PORT_ID].sort());
  stage.become(EMPTY);
  await waitFor(async () => (await stage.settledObjects())['virtual-machine']?.length === 0, {
    what: 'ours to go',
  });
  expect((await stage.server.objects('virtual-machine-interface')).map(({ uuid }) => uuid)).toEqual([
    foreign,
  ]);
  expect((await stage.server.objects('virtual-machine')).map(({ uuid }) => uuid)).toEqual([other]);
});

test('an address of the guest is kept in the config API, and another one takes its place once it forwards', async () => {
  stage.inventory = inventoryOf(vmWith([{ ip: '10.0.1.77' }]));
  stage.start({ addresses: 'guest' });
  await stage.boundIs(
    (b) => portsOf(b) === 1 && onlyPort(b).port['ip-address'] === '10.0.1.77',
    'the port with its address',
  );
  stage.become(inventoryOf(vmWith([{ ip: '10.0.1.78' }])));
  await stage.boundIs((b) => onlyPort(b).port['ip-address'] === '10.0.1.78', 'the other address');
  await waitFor(
    async () => {
      stage.mode.progress();
      const addresses = (await stage.server.objects('instance-ip')).map(({ instance_ip_address: ip }) => ip);
      return addresses.join() === '10.0.1.78';
    },
    { what: 'the old address to be released' },
  );
});

test('an interface of somebody else, in whatever project, is used and gets an address of ours, which goes with the VM', async () => {
  const foreign = 'f0000000-0000-4000-8000-000000000001';
  await stage.server.create('project', { fq_name: ['default-domain', 'theirs'], parent_type: 'domain' });
  await stage.server.create('virtual-machine', { fq_name: [VM_ID], uuid: VM_ID });
  stage.inventory = EMPTY;
  stage.start();
  await stage.settledObjects();
  await stage.server.create('virtual-machine-interface', {
    fq_name: ['default-domain', 'theirs', foreign],
    uuid: foreign,
    parent_type: 'project',
    virtual_machine_refs: [{ uuid: VM_ID }],
    virtual_network_refs: [{ uuid: NETWORK_ID }],
    virtual_machine_interface_mac_addresses: { mac_address: [MAC] },
  });
  await stage.mode.stop();
  stage.inventory = inventoryOf(vmWith([{}]));
  stage.start();
  const { port } = onlyPort(await stage.boundIs((binding) => portsOf(binding) === 1, 'the port'));
  expect(port).toMatchObject({ id: foreign, 'ip-address': '10.0.1.3' });
  expect((await stage.settledObjects())['instance-ip']).toHaveLength(1);
  stage.become(EMPTY);
  await waitFor(async () => (await stage.server.objects('instance-ip')).length === 0, {
    what: 'the address to be released',
  });
  expect(await stage.server.objects('virtual-machine-interface')).toMatchObject([{ uuid: foreign }]);
  await stage.settledObjects();
  expect(stage.mode.report().problems).toEqual([]);
});

test('a config API that lost everything is filled again, from its project on', async () => {
  stage.start({ rereadMs: 300 });
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  const before = await stage.settledObjects();
  await stage.server.reset();
  await waitFor(async () => (await stage.server.objects('instance-ip')).length === 1, {
    what: 'the address again',
  });
  expect(await stage.settledObjects()).toEqual(before);
  expect(portsOf(stage.bound as Binding)).toBe(1);
});

test('a restart with everything there asks for lists, never for objects', async () => {
  const vms = Array.from({ length: 30 }, (_, nth) =>
    vmWith([{ mac: `00:50:56:00:01:${String(nth + 10)}` }], {
      id: `50270000-0000-4000-8000-0000000001${String(nth + 10)}`,
      name: `vm-${nth}`,
    }),
  );
  stage.inventory = inventoryOf(...vms);
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 30, 'all ports');
  await stage.settledObjects();
  await stage.mode.stop();
  await stage.server.forgetRequests();
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 30, 'all ports again');
  await waitFor(() => stage.mode.report().pending === 0, { what: 'all work to be done' });
  expect(await stage.server.requests()).toEqual({
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
    await stage.server.faults({ operation, probability: 0.5, effect: { kind: 'drop', when: 'after' } });
    stage.start();
    await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
    expect((await stage.settledObjects())['instance-ip']).toHaveLength(1);
    stage.become(EMPTY);
    await waitFor(async () => (await stage.server.objects('virtual-machine')).length === 0, {
      what: 'the VM to go',
    });
    const objects = await stage.settledObjects();
    expect(objects['virtual-machine-interface']).toEqual([]);
    expect(objects['instance-ip']).toEqual([]);
  },
);

test('the config API away at the start: nothing is stage.bound; away later: what is known stays, and changes queue', async () => {
  await stage.server.faults({ effect: { kind: 'status', status: 503 } });
  stage.start();
  await waitFor(() => stage.mode.report().reason !== null, { what: 'the failure to show' });
  expect(stage.bound).toMatchObject({ kind: 'unread' });
  await stage.server.faults();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');

  await stage.server.faults({ effect: { kind: 'status', status: 503 } });
  stage.become(inventoryOf(vmWith([{}, { mac: '00:50:56:00:00:07', key: '7' }])));
  await waitFor(() => stage.mode.report().reason !== null, { what: 'the outage to show' });
  expect([...agentOf(stage.bound as Binding).ports.keys()]).toEqual([PORT_ID]);
  expect(stage.mode.report().pending).toBeGreaterThan(0);
  await stage.server.faults();
  await stage.boundIs((binding) => portsOf(binding) === 2, 'the second port');
  expect(stage.mode.report().reason).toBeNull();
});

test('a port that waits for its objects stays on the agent that has it', async () => {
  await stage.server.faults({
    operation: 'create',
    type: 'virtual-machine',
    effect: { kind: 'status', status: 503 },
  });
  const desired = { ...onlyPort(bindStandalone(stage.inventory, PLACEMENTS, 'power')), enabled: true };
  stage.agents.had('agent-1', desired);
  stage.start();
  const binding = await stage.boundIs((each) => portsOf(each) === 1, 'the port to be kept');
  expect(onlyPort(binding).port).toEqual(desired.port);
  expect(binding.problems).toMatchObject([{ kind: 'waiting' }]);
  await stage.server.faults();
  await stage.boundIs((each) => onlyPort(each).port['ip-address'] === '10.0.1.3', 'the address');
});

test('no address left: the port waits, an operator is told, and a freed one is used', async () => {
  const second = vmWith([{ mac: '00:50:56:00:00:08', key: '8' }], {
    id: 'b'.repeat(8) + VM_ID.slice(8),
    name: 'late',
  });
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.server.faults({
    operation: 'create',
    type: 'instance-ip',
    effect: { kind: 'status', status: 400, text: 'exhausted' },
  });
  stage.become(inventoryOf(vmWith([{}]), second));
  await waitFor(() => stage.mode.report().problems.some(({ text }) => text.includes('exhausted')), {
    what: 'a problem',
  });
  expect(portsOf(stage.bound as Binding)).toBe(1);
  await stage.server.faults();
  await stage.boundIs((binding) => portsOf(binding) === 2, 'the second port');
});

test('an adapter without an address holds up none of the other adapters of its VM', async () => {
  const green = { key: 'dvportgroup-22', name: 'green', vlan: { primary: 7, isolated: 7 } };
  const cards = [{}, { mac: '00:50:56:00:00:08', key: '8', network: green.key }];
  stage.inventory = EMPTY;
  stage.start();
  await stage.settledObjects();
  await stage.server.faults({
    operation: 'create',
    type: 'instance-ip',
    effect: { kind: 'status', status: 400, text: 'full' },
  });
  stage.become({ ...inventoryOf(vmWith(cards)), networks: [...EMPTY.networks, green] });
  await stage.boundIs((binding) => agentOf(binding).ports.size === 1, 'the port of the other one');
  await waitFor(() => stage.mode.report().problems.length > 0, { what: 'a problem' });
  expect(stage.mode.report().problems).toEqual([
    expect.objectContaining({ text: expect.stringContaining('full') }),
  ]);
});
