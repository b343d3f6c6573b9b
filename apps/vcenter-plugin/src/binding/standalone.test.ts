import { NIL_GUID } from '@vrouter/port-model';
import { expect, test } from 'vitest';
import { adapterKey } from './desired-port.ts';
import { bindStandalone } from './standalone.ts';
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
} from './testing/inventory.ts';

test('an adapter without a MAC gets no port, and that is told', () => {
  const vm = vmWith([{}]);
  const { mac: _none, ...bare } = vm.adapters[0] ?? { key: '', network: '', connected: true };
  const { agents, problems } = bindStandalone(inventoryOf({ ...vm, adapters: [bare] }), PLACEMENTS, 'power');
  expect(agents.get('agent-1')?.ports.size).toBe(0);
  expect(problems).toEqual([{ kind: 'no-mac', subject: 'web-1 / 4000', text: 'has no MAC yet' }]);
});

test.each(['', '00:00:00:00:00:00', 'not a mac', '00-50-56-bf-7d-a1'])('%j is no MAC', (mac) => {
  const { problems } = bindStandalone(inventoryOf(vmWith([{ mac }])), PLACEMENTS, 'power');
  expect(problems.map(({ kind }) => kind)).toEqual(['no-mac']);
});

test('an adapter on a network that is not there gets no port, and that is told', () => {
  const binding = bindStandalone(inventoryOf(vmWith([{ network: 'gone' }])), PLACEMENTS, 'power');
  expect(agentOf(binding).ports.size).toBe(0);
  expect(binding.problems).toEqual([
    {
      kind: 'unknown-network',
      subject: `web-1 / ${MAC}`,
      text: 'its network gone is not in the inventory',
    },
  ]);
});

test('an adapter on a network without a VLAN gets no port, and the reason is told', () => {
  const networks = [{ key: 'trunk', name: 'trunk', vlan: undefined, problem: 'is a trunk' }];
  const inventory = { ...inventoryOf(vmWith([{ network: 'trunk' }])), networks };
  const binding = bindStandalone(inventory, PLACEMENTS, 'power');
  expect(agentOf(binding).ports.size).toBe(0);
  expect(binding.problems).toEqual([
    { kind: 'network-without-vlan', subject: `web-1 / ${MAC}`, text: 'network trunk: is a trunk' },
  ]);
});

test('a value that no agent would take makes a problem, not a port', () => {
  const binding = bindStandalone(inventoryOf(vmWith([{ ip: '10.0.0' }])), PLACEMENTS, 'power');
  expect(agentOf(binding).ports.size).toBe(0);
  expect(binding.problems).toMatchObject([{ kind: 'bad-port', subject: `web-1 / ${MAC}` }]);
  expect(binding.problems[0]?.text).toContain('ip-address: expected an IPv4 address');
});

test('a host without an agent is told once, with the number of ports that are on no agent', () => {
  const vm = vmWith([{}, { mac: '00:50:56:00:00:02' }], { host: 'esx-9' });
  const { problems } = bindStandalone(inventoryOf(vm), PLACEMENTS, 'power');
  expect(problems).toEqual([
    {
      kind: 'host-without-agent',
      subject: 'esx-9',
      text: 'no agent serves this host; 2 ports are on no agent',
    },
  ]);
});

test('a host without an agent is told before anything runs on it, but not one in maintenance or disconnected', () => {
  const host = (name: string, changes = {}) => ({ name, maintenance: false, connected: true, ...changes });
  const idle = [host('esx-8', { maintenance: true }), host('esx-7', { connected: false }), host('esx-6')];
  const { problems } = bindStandalone({ ...EMPTY, hosts: [...EMPTY.hosts, ...idle] }, PLACEMENTS, 'power');
  expect(problems.map(({ subject, text }) => [subject, text])).toEqual([
    ['esx-6', 'no agent serves this host; 0 ports are on no agent'],
  ]);
});

test('an agent whose VM is off is parked, with the ports that it should have', () => {
  const placements = PLACEMENTS.map((placement) => ({ ...placement, off: placement.agent === 'agent-1' }));
  const binding = bindStandalone(inventoryOf(vmWith([{}])), placements, 'power');
  expect(agentOf(binding).parked).toBe(true);
  expect(agentOf(binding).ports.size).toBe(1);
  expect(agentOf(binding, 'agent-2').parked).toBe(false);
});

test('where every host is listed, the agent of one that is not is sent nothing', () => {
  const inventory = { ...EMPTY, hosts: EMPTY.hosts.slice(0, 1), everyHost: true };
  const binding = bindStandalone(inventory, PLACEMENTS, 'power');
  expect(agentOf(binding, 'agent-2').parked).toBe(true);
  expect(agentOf(binding).parked).toBe(false);
});

test('an agent whose host is not in the inventory should have nothing, and that is told', () => {
  const binding = bindStandalone({ ...EMPTY, hosts: EMPTY.hosts.slice(0, 1) }, PLACEMENTS, 'power');
  expect(agentOf(binding, 'agent-2')).toEqual({ ports: new Map(), parked: false });
  expect(binding.problems).toEqual([
    {
      kind: 'agent-without-host',
      subject: 'agent-2',
      text: 'its host esx-2 is not in the inventory',
    },
  ]);
});

test('every field of a port comes from the inventory', () => {
  const vm = vmWith([{ ip: '192.168.200.5', ip6: 'FD00::5', mac: MAC.toUpperCase() }], {
    project: '9970147c-33b1-4bf7-8944-8968e708d430',
  });
  expect(onlyPort(bindStandalone(inventoryOf(vm), PLACEMENTS, 'power'))).toEqual({
    enabled: true,
    port: {
      id: PORT_ID,
      'instance-id': VM_ID,
      'vn-id': NETWORK_ID,
      'vm-project-id': '9970147c-33b1-4bf7-8944-8968e708d430',
      'display-name': 'web-1',
      'ip-address': '192.168.200.5',
      'ip6-address': 'fd00::5',
      'mac-address': MAC,
      'system-name': PORT_ID,
      type: 2,
      'tx-vlan-id': 100,
      'rx-vlan-id': 101,
      'vhostuser-mode': 0,
    },
  });
});

test('what is not known is "none" on the wire', () => {
  const { port } = onlyPort(bindStandalone(inventoryOf(vmWith([{}])), PLACEMENTS, 'power'));
  expect(port).toMatchObject({
    'vm-project-id': NIL_GUID,
    'ip-address': '0.0.0.0',
    'ip6-address': '::',
  });
});

test.each([
  ['power', 'on', true, { enabled: true }],
  ['power', 'on', false, { enabled: false }],
  ['power', 'off', true, undefined],
  ['power', 'suspended', true, undefined],
  ['link', 'on', true, { enabled: true }],
  ['link', 'on', false, { enabled: false }],
  ['link', 'off', true, { enabled: false }],
  ['link', 'suspended', true, { enabled: false }],
] as const)('lifecycle %s, power %s, adapter connected %s', (lifecycle, power, connected, expected) => {
  const inventory = inventoryOf(vmWith([{ connected }], { power }));
  const binding = bindStandalone(inventory, PLACEMENTS, lifecycle);
  const port = agentOf(binding).ports.get(PORT_ID);
  expect(port && { enabled: port.enabled }).toEqual(expected);
  expect(binding.problems).toEqual([]);
});

test('two adapters of one VM on one network are two ports', () => {
  const vm = vmWith([{}, { mac: '00:50:56:00:00:02' }]);
  const { ports } = agentOf(bindStandalone(inventoryOf(vm), PLACEMENTS, 'power'));
  expect([...ports.values()].map(({ port }) => [port['mac-address'], port['vn-id']])).toEqual([
    [MAC, NETWORK_ID],
    ['00:50:56:00:00:02', NETWORK_ID],
  ]);
});

test('a VM that moves takes its port from one agent to the other', () => {
  const at = (host: string) => bindStandalone(inventoryOf(vmWith([{}], { host })), PLACEMENTS, 'power');
  expect(onlyPort(at('esx-1'), 'agent-1')).toEqual(onlyPort(at('esx-2'), 'agent-2'));
  expect(agentOf(at('esx-2'), 'agent-1').ports.size).toBe(0);
});

test.each([
  ['in maintenance', { maintenance: true, connected: true }, true],
  ['that vCenter lost', { maintenance: false, connected: false }, true],
  ['at work', { maintenance: false, connected: true }, false],
])(
  'the agent of a host %s keeps its ports, and is parked only while it cannot be served',
  (_what, state, parked) => {
    const inventory = { ...inventoryOf(vmWith([{}])), hosts: [{ name: 'esx-1', ...state }] };
    const binding = bindStandalone(inventory, PLACEMENTS.slice(0, 1), 'power');
    expect(agentOf(binding)).toMatchObject({ parked });
    expect(agentOf(binding).ports.size).toBe(1);
  },
);

test("an adapter on a host without an agent is nobody's, and is known to be there", () => {
  const { agents, unserved } = bindStandalone(
    inventoryOf(vmWith([{}], { host: 'esx-9' })),
    PLACEMENTS,
    'power',
  );
  expect([...agents.values()].map(({ ports }) => ports.size)).toEqual([0, 0]);
  expect(unserved).toEqual(new Set([adapterKey(VM_ID, MAC)]));
});
