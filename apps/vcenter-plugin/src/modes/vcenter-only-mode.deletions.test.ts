import { waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Binding } from '../binding/desired-port.ts';
import {
  EMPTY,
  inventoryOf,
  MAC,
  NETWORK_ID,
  onlyPort,
  PORT_ID,
  VM_ID,
  vmWith,
} from '../binding/testing/inventory.ts';
import { HeldByAgents } from './testing/held-by-agents.ts';
import type { VirtualMachine } from '../inventory/model.ts';
import { portsOf, VcenterOnlyStage } from './testing/vcenter-only-stage.ts';

let stage: VcenterOnlyStage;
beforeEach(async () => {
  stage = await VcenterOnlyStage.open();
});
afterEach(() => stage.close());

test('a VM that goes takes its objects with it, but not before the agent has let go of its port', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  stage.agents.freeze();
  stage.become(EMPTY);
  await stage.boundIs((binding) => portsOf(binding) === 0, 'the port to go');
  const held = await stage.settledObjects();
  expect(held['virtual-machine-interface']).toEqual([PORT_ID]);
  expect(held['instance-ip']).toHaveLength(1);
  stage.agents.thaw();
  stage.mode.progress();
  await waitFor(async () => (await stage.server.objects('virtual-machine')).length === 0, {
    what: 'the VM to go',
  });
  expect(await stage.settledObjects()).toEqual({
    'virtual-network': [NETWORK_ID],
    'virtual-machine': [],
    'virtual-machine-interface': [],
    'instance-ip': [],
  });
});

test('a VM that comes back while its address is being released has no port before it has an address again', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.settledObjects();
  stage.server.process.pause();
  stage.become(EMPTY);
  stage.become(inventoryOf(vmWith([{}])));
  expect(portsOf(stage.bound as Binding)).toBe(0);
  expect((stage.bound as Binding).problems).toMatchObject([{ kind: 'waiting' }]);
  stage.server.process.resume();
  await stage.settledObjects();
  const { port } = onlyPort(await stage.boundIs((binding) => portsOf(binding) === 1, 'the port again'));
  const [address, ...others] = await stage.server.objects('instance-ip');
  expect(others).toEqual([]);
  expect(address).toMatchObject({
    instance_ip_address: port['ip-address'],
    virtual_machine_interface_refs: [{ uuid: PORT_ID }],
  });
});

test('a VM that comes back before the last of it is deleted keeps the rest', async () => {
  await stage.server.faults({
    operation: 'delete',
    type: 'instance-ip',
    effect: { kind: 'latency', delayMs: 300 },
  });
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.settledObjects();
  await stage.server.forgetRequests();
  stage.become(EMPTY);
  stage.become(inventoryOf(vmWith([{}])));
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port again');
  await stage.settledObjects();
  const requests = await stage.server.requests();
  expect(requests).toMatchObject({ 'delete instance-ip': 1 });
  expect(requests).not.toHaveProperty('delete virtual-machine-interface');
});

test('a VM that comes back while nobody knows whether its address is released has no port before that is known', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.settledObjects();
  await stage.server.faults(
    { operation: 'delete', type: 'instance-ip', effect: { kind: 'drop', when: 'after' } },
    { operation: 'read', effect: { kind: 'status', status: 503 } },
  );
  stage.become(EMPTY);
  await waitFor(() => stage.mode.report().reason !== null, { what: 'the outage to show' });
  expect(await stage.server.objects('instance-ip')).toEqual([]);
  stage.become(inventoryOf(vmWith([{}])));
  expect((stage.bound as Binding).problems).toMatchObject([{ kind: 'waiting' }]);
  await stage.server.faults();
  const { port } = onlyPort(await stage.boundIs((binding) => portsOf(binding) === 1, 'the port again'));
  await stage.settledObjects();
  expect(await stage.server.objects('instance-ip')).toMatchObject([
    { instance_ip_address: port['ip-address'] },
  ]);
});

const vmsOff = (count: number): VirtualMachine[] =>
  Array.from({ length: count }, (_, nth) =>
    vmWith([{ mac: `00:50:56:00:02:0${nth}` }], {
      id: `${nth}`.repeat(8) + VM_ID.slice(8),
      name: `off-${nth}`,
      power: 'off',
    }),
  );

test('many VMs without ports that vanish at once keep their objects until an operator agrees', async () => {
  stage.inventory = inventoryOf(...vmsOff(7), vmWith([{}]));
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  const before = await stage.settledObjects();
  expect(before['instance-ip']).toHaveLength(8);
  stage.become(inventoryOf(vmWith([{}])));
  expect(await stage.settledObjects()).toEqual(before);
  expect(stage.mode.report()).toMatchObject({ brake: { interfaces: 7 } });
  expect(stage.mode.releaseBrake()).toBe(7);
  await waitFor(async () => (await stage.server.objects('instance-ip')).length === 1, {
    what: 'the others to go',
  });
  expect(stage.mode.report().brake).toBeNull();
});

test('while the brake holds nothing is deleted, of VMs without ports either', async () => {
  stage.inventory = inventoryOf(...vmsOff(4), vmWith([{}]));
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  const before = await stage.settledObjects();
  expect(before['instance-ip']).toHaveLength(5);
  stage.agents.brakeWhenEmpty();
  stage.become(EMPTY);
  expect(await stage.settledObjects()).toEqual(before);
  stage.agents.releaseBrake();
  stage.mode.progress();
  await waitFor(async () => (await stage.server.objects('virtual-machine')).length === 0, {
    what: 'all to go',
  });
});

test('an adapter that changes its network gets another interface there, and its address is freed', async () => {
  const green = { key: 'dvportgroup-22', name: 'green', vlan: { primary: 7, isolated: 7 } };
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  stage.become({ ...inventoryOf(vmWith([{ network: green.key }])), networks: [...EMPTY.networks, green] });
  const onGreen = (b: Binding): boolean => portsOf(b) === 1 && onlyPort(b).port['tx-vlan-id'] === 7;
  const { port } = onlyPort(await stage.boundIs(onGreen, 'the port in the other network'));
  await waitFor(async () => (await stage.settledObjects())['instance-ip']?.length === 0, {
    what: 'its address to be freed',
  });
  const objects = await stage.settledObjects();
  expect(objects['virtual-machine-interface']).toEqual([port.id]);
  expect(objects['virtual-network']).toHaveLength(2);
});

test('after the loss of our memory the config API tells which agent may still hold the port of a VM that is gone', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.settledObjects();
  await stage.mode.stop();
  stage.agents = new HeldByAgents();
  stage.agents.freeze();
  stage.inventory = EMPTY;
  stage.start();
  await waitFor(() => stage.agents.suspected.length > 0, { what: 'the agent to be suspected' });
  expect(stage.agents.suspected).toMatchObject([
    { agent: 'agent-1', port: { id: PORT_ID, 'mac-address': MAC } },
  ]);
  expect((await stage.settledObjects())['virtual-machine-interface']).toEqual([PORT_ID]);
  stage.agents.thaw();
  stage.mode.progress();
  await waitFor(async () => (await stage.server.objects('virtual-machine')).length === 0, {
    what: 'the VM to go',
  });
});

test('a port group that is made anew under its old name gets its network once the old one is unused', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  const again = { key: 'dvportgroup-99', name: 'blue', vlan: { primary: 100, isolated: 101 } };
  stage.become({ ...EMPTY, networks: [again], vms: [vmWith([{ network: again.key }])] });
  await stage.boundIs(
    (b) => portsOf(b) === 1 && onlyPort(b).port['vn-id'] !== NETWORK_ID,
    'a port in the new network',
  );
  expect((await stage.settledObjects())['virtual-network']).not.toContain(NETWORK_ID);
});

test('a floating ip that somebody attached is taken off before its interface goes, and stays', async () => {
  stage.start();
  await stage.boundIs((binding) => portsOf(binding) === 1, 'the port');
  await stage.server.create('floating-ip-pool', {
    fq_name: ['default-domain', 'vCenter', 'blue', 'pool'],
    parent_type: 'virtual-network',
  });
  const floating = await stage.server.create('floating-ip', {
    fq_name: ['default-domain', 'vCenter', 'blue', 'pool', 'f1'],
    parent_type: 'floating-ip-pool',
    virtual_machine_interface_refs: [{ uuid: PORT_ID }],
  });
  stage.become(EMPTY);
  await waitFor(async () => (await stage.server.objects('virtual-machine')).length === 0, {
    what: 'the VM to go',
  });
  expect((await stage.server.objects('floating-ip')).map(({ uuid }) => uuid)).toEqual([floating]);
});
