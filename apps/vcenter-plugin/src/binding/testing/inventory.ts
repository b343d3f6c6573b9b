import type { Adapter, Inventory, VirtualMachine } from '../../inventory/model.ts';
import type { AgentBinding, Binding, DesiredPort, Placement } from '../desired-port.ts';

export const MAC = '00:50:56:bf:7d:a1';
export const PORT_ID = 'fe71b44d-0654-36aa-9841-ab9b78d628c5';
export const NETWORK_KEY = 'dvportgroup-21';
export const NETWORK_ID = '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3';
export const VM_ID = '502789bb-240a-841f-e24c-1564537218f7';

export const PLACEMENTS: readonly Placement[] = [
  { agent: 'agent-1', host: 'esx-1' },
  { agent: 'agent-2', host: 'esx-2' },
];

/** Two hosts, one network, no VMs. */
export const EMPTY: Inventory = {
  hosts: ['esx-1', 'esx-2'].map((name) => ({ name, maintenance: false, connected: true })),
  networks: [{ key: NETWORK_KEY, name: 'blue', vlan: { primary: 100, isolated: 101 } }],
  vms: [],
};

export function vmWith(
  adapters: readonly Partial<Adapter>[],
  changes: Partial<VirtualMachine> = {},
): VirtualMachine {
  return {
    id: VM_ID,
    name: 'web-1',
    host: 'esx-1',
    power: 'on',
    adapters: adapters.map((adapter, index) => ({
      key: String(4000 + index),
      mac: MAC,
      network: NETWORK_KEY,
      connected: true,
      ...adapter,
    })),
    ...changes,
  };
}

export function inventoryOf(...vms: VirtualMachine[]): Inventory {
  return { ...EMPTY, vms };
}

export function agentOf(binding: Binding, name = 'agent-1'): AgentBinding {
  const agent = binding.agents.get(name);
  if (agent === undefined) throw new Error(`there is no ${name} in the binding`);
  return agent;
}

/** The only port of `agent`; throws when there is another number of them. */
export function onlyPort(binding: Binding, agent = 'agent-1'): DesiredPort {
  const [port, ...more] = agentOf(binding, agent).ports.values();
  if (port === undefined || more.length > 0)
    throw new Error(`expected one port, got ${more.length + (port === undefined ? 0 : 1)}`);
  return port;
}
