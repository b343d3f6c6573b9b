import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Inventory, VirtualMachine } from '../inventory/model.ts';
import type { Binding, Lifecycle } from './desired-port.ts';
import { bindStandalone } from './standalone.ts';
import { EMPTY, inventoryOf, MAC, onlyPort, PLACEMENTS, vmWith } from './testing/inventory.ts';

const A = vmWith([{}], { id: '10000000-0000-0000-0000-00000000000a', name: 'a' });
const B = vmWith([{}], { id: '20000000-0000-0000-0000-00000000000b', name: 'b' });
const C = vmWith([{}], { id: '30000000-0000-0000-0000-00000000000c', name: 'c' });

test('of two VMs that claim one MAC the one with the lower id has the port, in whatever order they come', () => {
  for (const vms of [
    [A, B],
    [B, A],
  ]) {
    const binding = bindStandalone(inventoryOf(...vms), PLACEMENTS, 'power');
    expect(onlyPort(binding).port['instance-id']).toBe(A.id);
    expect(binding.problems).toEqual([
      {
        kind: 'duplicate-mac',
        subject: `a, b / ${MAC}`,
        text: 'several adapters claim this MAC; a has the port until the others change',
      },
    ]);
  }
});

test('a VM that is on wins over one that is not', () => {
  const binding = bindStandalone(inventoryOf({ ...A, power: 'off' }, B), PLACEMENTS, 'link');
  expect(onlyPort(binding)).toMatchObject({ enabled: true, port: { 'instance-id': B.id } });
});

test('a VM that is off claims nothing when ports follow power', () => {
  const binding = bindStandalone(inventoryOf({ ...A, power: 'off' }, B), PLACEMENTS, 'power');
  expect(onlyPort(binding).port['instance-id']).toBe(B.id);
  expect(binding.problems).toEqual([]);
});

test('three claimants make one problem that names all', () => {
  const binding = bindStandalone(inventoryOf(C, A, B), PLACEMENTS, 'power');
  expect(binding.problems.map(({ subject }) => subject)).toEqual([`a, b, c / ${MAC}`]);
});

test('when the winner goes, the next one has the port', () => {
  const binding = bindStandalone(inventoryOf(C, B), PLACEMENTS, 'power');
  expect(onlyPort(binding).port['instance-id']).toBe(B.id);
});

test('claimants on different hosts: one port on one agent', () => {
  const binding = bindStandalone(inventoryOf({ ...A, host: 'esx-2' }, B), PLACEMENTS, 'power');
  expect(binding.agents.get('agent-1')?.ports.size).toBe(0);
  expect(onlyPort(binding, 'agent-2').port['instance-id']).toBe(A.id);
});

const vm = (index: number): fc.Arbitrary<VirtualMachine> =>
  fc.record({
    id: fc.constant(`50000000-0000-0000-0000-00000000000${index}`),
    name: fc.constant(`vm-${index}`),
    host: fc.constantFrom('esx-1', 'esx-2', 'esx-3'),
    power: fc.constantFrom('on', 'off', 'suspended'),
    adapters: fc.array(
      fc.record({
        key: fc.constantFrom('4000', '4001', '4002'),
        mac: fc.constantFrom('00:50:56:00:00:01', '00:50:56:00:00:02', '00:50:56:00:00:03', 'none'),
        network: fc.constantFrom('dvportgroup-21', 'trunk', 'gone'),
        connected: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
  });

const inventory: fc.Arbitrary<Inventory> = fc.tuple(...[0, 1, 2, 3, 4].map(vm)).map((vms) => ({
  ...EMPTY,
  networks: [...EMPTY.networks, { key: 'trunk', name: 'trunk', vlan: undefined }],
  vms: vms.map((one) => ({
    ...one,
    // Device keys are unique within a VM.
    adapters: one.adapters.filter(
      ({ key }, index) => one.adapters.findIndex((adapter) => adapter.key === key) === index,
    ),
  })),
}));

test('the same inventory in any order gives the same binding', () => {
  const lifecycles = fc.constantFrom<Lifecycle>('power', 'link');
  const shuffled = inventory.chain((given) =>
    fc
      .shuffledSubarray([...given.vms], { minLength: given.vms.length })
      .chain((vms) =>
        fc.tuple(
          ...vms.map((one) =>
            fc
              .shuffledSubarray([...one.adapters], { minLength: one.adapters.length })
              .map((adapters) => ({ ...one, adapters })),
          ),
        ),
      )
      .map((vms) => [given, { ...given, vms }] as const),
  );
  fc.assert(
    fc.property(shuffled, lifecycles, ([given, other], lifecycle) => {
      expect(shown(bindStandalone(other, PLACEMENTS, lifecycle))).toEqual(
        shown(bindStandalone(given, PLACEMENTS, lifecycle)),
      );
    }),
  );
});

function shown({ agents, problems }: Binding): unknown {
  return {
    agents: [...agents].map(([name, { ports, parked }]) => [
      name,
      parked,
      [...ports.values()].sort((a, b) => (a.port.id < b.port.id ? -1 : 1)),
    ]),
    problems: problems.map((problem) => JSON.stringify(problem)).sort(),
  };
}
