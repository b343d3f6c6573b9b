import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkIdOf } from '../../binding/identity.ts';
import { PLACEMENTS } from '../../binding/testing/inventory.ts';
import { bindVcenterOnly } from '../../binding/vcenter-only.ts';
import type { Inventory, Network } from '../../inventory/model.ts';
import { ModelApi } from '../testing/model-api.ts';
import { planMachine } from './plan-machine.ts';
import { planNetwork } from './plan-network.ts';
import type { PlanContext, Step } from './step.ts';
import { wantedOf, type Wanted } from './wanted.ts';

/**
 * vCenter changes at random, the plugin is cut off after any step, and agents hold on to ports for as long as they like:
 * every step is one that a server accepts, nothing is released that an agent holds, and in the end exactly what vCenter
 * has is there.
 */
const network = (number: number): Network => ({
  key: `dvportgroup-${number}`,
  name: `net-${number}`,
  vlan: { primary: number, isolated: number },
});

const anAdapter = fc.record({ card: fc.integer({ min: 1, max: 4 }), net: fc.integer({ min: 1, max: 3 }) });
const aVm = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  host: fc.constantFrom('esx-1', 'esx-2', 'esx-unserved'),
  adapters: fc.uniqueArray(anAdapter, { maxLength: 3, selector: ({ card }) => card }),
});
const anInventory = fc
  .record({
    nets: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    vms: fc.uniqueArray(aVm, { maxLength: 4, selector: ({ number }) => number }),
  })
  .map(({ nets, vms }): Inventory => ({
    hosts: ['esx-1', 'esx-2'].map((name) => ({ name, maintenance: false, connected: true })),
    networks: nets.map(network),
    vms: vms.map(({ number, host, adapters }) => ({
      id: `50270000-0000-4000-8000-00000000000${number}`,
      name: `vm-${number}`,
      host,
      power: 'on',
      adapters: adapters.map(({ card, net }) => ({
        key: String(card),
        mac: `00:50:56:00:00:${card}${number}`,
        network: `dvportgroup-${net}`,
        connected: true,
      })),
    })),
  }));

/** One life of the plugin: an inventory, after how many steps it is cut off, and whether agents let go meanwhile. */
const aLife = fc.record({
  inventory: anInventory,
  stepsMax: fc.integer({ min: 0, max: 12 }),
  letGo: fc.boolean(),
});

test('whatever vCenter does, and wherever the plugin is cut off, the end is what vCenter has', () => {
  fc.assert(
    fc.property(fc.array(aLife, { minLength: 1, maxLength: 5 }), (lives) => {
      const api = new ModelApi();
      const held = new Set<string>();
      for (const { inventory, stepsMax, letGo } of lives) live(api, inventory, held, stepsMax, letGo);
      const { inventory: last } = lives.at(-1) ?? { inventory: undefined };
      if (last === undefined) return;
      live(api, last, held, Infinity, true);
      expectEqual(api, last);
    }),
    { numRuns: 300 },
  );
});

test('what is as it should be gives no step', () => {
  fc.assert(
    fc.property(anInventory, (inventory) => {
      const api = new ModelApi();
      live(api, inventory, new Set(), Infinity, true);
      expect(nextStep(api, wanted(inventory), new Set())).toBeUndefined();
    }),
  );
});

function wanted(inventory: Inventory): Wanted {
  return wantedOf(inventory, PLACEMENTS, [], (agent) => `place-of-${agent}`);
}

function live(
  api: ModelApi,
  inventory: Inventory,
  held: Set<string>,
  stepsMax: number,
  letGo: boolean,
): void {
  const wish = wanted(inventory);
  for (let steps = 0; steps < stepsMax; steps += 1) {
    tellAgents(api, inventory, held, letGo);
    const step = nextStep(api, wish, held);
    if (step === undefined) return;
    if (step.kind === 'delete') expect([...held]).not.toContain(step.uuid);
    api.apply(step);
    expect(steps, 'it does not end').toBeLessThan(200);
  }
}

/** Agents take every port that is bound, and keep what is bound no more unless they let go. */
function tellAgents(api: ModelApi, inventory: Inventory, held: Set<string>, letGo: boolean): void {
  const { agents } = bindVcenterOnly(inventory, PLACEMENTS, 'power', {
    picture: api.picture,
    isLeaving: () => false,
    desiredBefore: () => undefined,
  });
  if (letGo) held.clear();
  for (const { ports } of agents.values()) for (const id of ports.keys()) held.add(id);
}

function nextStep(api: ModelApi, wish: Wanted, held: ReadonlySet<string>): Step | undefined {
  const { picture } = api;
  const context: PlanContext = {
    holds: (portId) => (held.has(portId) ? new Set() : undefined),
    isBraked: false,
    isHeldBack: () => false,
  };
  const networks = new Set([...wish.networks.keys(), ...picture.networks.keys()]);
  const machines = new Set([...wish.machines.keys(), ...picture.machines.keys()]);
  const plans = [
    ...[...networks].map((uuid) => planNetwork(uuid, wish.networks.get(uuid), picture, context)),
    ...[...machines].map((uuid) => planMachine(uuid, wish.machines.get(uuid), picture, context)),
  ];
  return plans.find(({ steps }) => steps.length > 0)?.steps[0];
}

/** Interfaces for exactly the served adapters, each with one address; no machine or network besides. */
function expectEqual({ picture }: ModelApi, inventory: Inventory): void {
  const names = new Set(inventory.networks.map(({ key }) => key));
  const adapters = inventory.vms.flatMap((vm) =>
    vm.adapters.filter((adapter) => names.has(adapter.network)).map((adapter) => ({ vm, adapter })),
  );
  const served = adapters.filter(({ vm }) => vm.host !== 'esx-unserved');
  const found = [...picture.interfaces.values()].map((each) =>
    [
      each.virtual_machine_refs[0]?.uuid,
      each.virtual_machine_interface_mac_addresses?.mac_address?.[0],
      each.virtual_network_refs[0]?.uuid,
    ].join(),
  );
  const textOf = ({ vm, adapter }: (typeof adapters)[number]): string =>
    [vm.id, adapter.mac, networkIdOf(adapter.network)].join();
  expect(found).toEqual(expect.arrayContaining(served.map(textOf)));
  expect(adapters.map(textOf)).toEqual(expect.arrayContaining(found));
  expect(picture.addresses.size).toBe(picture.interfaces.size);
  expect(inventory.vms.map(({ id }) => id)).toEqual(expect.arrayContaining([...picture.machines.keys()]));
  expect([...picture.networks.keys()].sort()).toEqual(
    inventory.networks.map(({ key }) => networkIdOf(key)).sort(),
  );
}
