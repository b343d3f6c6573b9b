import type { ListQuery, ObjectType } from '@vrouter/config-api-client';
import { createLogger } from '@vrouter/service-kit';
import { manualClock } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY, PLACEMENTS, vmWith } from '../binding/testing/inventory.ts';
import type { ReadOnlyApi } from '../config-api/read-compute.ts';
import { asRead } from '../config-api/work/as-read.ts';
import type { Inventory, VirtualMachine } from '../inventory/model.ts';
import { AsComputeMode } from './as-compute-mode.ts';

const NETWORK = 'a0b1c2d3-0000-4000-8000-000000000001';
const REREAD_MS = 300_000;

/** VMs that were asked for, reading by reading. */
let readings: (readonly string[])[];
let isDown: boolean;
let clock: ReturnType<typeof manualClock>;
let mode: AsComputeMode;

beforeEach(async () => {
  readings = [];
  isDown = false;
  clock = manualClock(1_000_000);
  const log = createLogger('test', 'silent');
  mode = new AsComputeMode({ api: completeApi(), clock, log, lifecycle: 'power', rereadMs: REREAD_MS });
  mode.start(() => {});
});
afterEach(() => mode.stop());

test('VMs that change one after the other are read together, each once, and no other', async () => {
  await become(many(1_200));
  expect(readings.map(({ length }) => length)).toEqual([1_200]);
  for (let moved = 1; moved <= 30; moved++) await become(many(1_200, moved), 10);
  await clock.advance(1_000);
  const [, ...later] = readings;
  expect(later.length).toBeLessThanOrEqual(5);
  expect(new Set(later.flat())).toEqual(new Set(many(30).map(({ id }) => id)));
  expect(later.flat()).toHaveLength(30);
});

test('an inventory that never rests does not put off what has changed', async () => {
  await become(many(1));
  for (let round = 0; round < 20; round++) await become(many(2, round % 2), 20);
  expect(readings.length).toBeGreaterThan(2);
});

test('nothing is read but everything now and then, when nothing of interest changes', async () => {
  await become(many(3));
  await become(many(3).map((vm) => ({ ...vm, annotation: 'name:web' })));
  await clock.advance(REREAD_MS - 3_000);
  expect(readings).toHaveLength(1);
  await clock.advance(2_000);
  expect(readings.map(({ length }) => length)).toEqual([3, 3]);
});

test('while the config API is away changes wait for its next turn, and are not lost', async () => {
  await become(many(2));
  isDown = true;
  await become(many(2, 1), 10_000);
  const tries = readings.length;
  for (let round = 0; round < 20; round++) await become(many(2, round % 2), 1);
  expect(readings.length - tries).toBeLessThanOrEqual(1);
  await become(many(2, 1));
  isDown = false;
  await clock.advance(8_000);
  expect(readings.at(-1)).toContain(many(1)[0]?.id);
  const settled = readings.length;
  await clock.advance(20_000);
  expect(readings).toHaveLength(settled);
});

async function become(vms: readonly VirtualMachine[], forMs = 1_000): Promise<void> {
  const networks = [
    { key: 'dvportgroup-21', name: `domain-c7-${NETWORK}`, vlan: { primary: 5, isolated: 6 } },
  ];
  const inventory: Inventory = { ...EMPTY, networks, vms };
  mode.bind(inventory, PLACEMENTS);
  await clock.advance(forMs);
}

/** VMs with an adapter each; the first `moved` of them on the other host. */
function many(count: number, moved = 0): readonly VirtualMachine[] {
  return Array.from({ length: count }, (_, number) => {
    const hex = number.toString(16).padStart(4, '0');
    const mac = macOf(hex);
    const id = `50270000-1111-2222-3333-00000000${hex}`;
    return vmWith([{ mac }], { id, host: number < moved ? 'esx-2' : 'esx-1' });
  });
}

function macOf(hex: string): string {
  return `00:50:56:bf:${hex.slice(0, 2)}:${hex.slice(2)}`;
}

/** A config API that has an interface for every VM, in a network without subnets. */
function completeApi(): ReadOnlyApi {
  const network = asRead('virtual-network', { uuid: NETWORK, fq_name: [] });
  const list = (type: ObjectType, { backRefIds = [] }: ListQuery = {}) => {
    if (type === 'virtual-machine-interface') readings.push(backRefIds);
    if (isDown) return { kind: 'unavailable', reason: 'connection refused', sent: false };
    if (type === 'virtual-network') return { kind: 'listed', objects: [network] };
    return {
      kind: 'listed',
      objects: type === 'virtual-machine-interface' ? backRefIds.map(interfaceOf) : [],
    };
  };
  return {
    url: 'http://127.0.0.1:8082',
    resolve: async () => ({ kind: 'not-found', message: '' }),
    list: (async (type, query) => list(type, query)) as ReadOnlyApi['list'],
    close: async () => {},
  };
}

function interfaceOf(machine: string) {
  return asRead('virtual-machine-interface', {
    uuid: `interface of ${machine}`,
    fq_name: [],
    virtual_machine_refs: [{ uuid: machine, to: [] }],
    virtual_network_refs: [{ uuid: NETWORK, to: [] }],
    virtual_machine_interface_mac_addresses: { mac_address: [macOf(machine.slice(-4))] },
  });
}
