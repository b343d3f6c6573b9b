import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../errors.ts';
import { formatIpv4 } from '../ipam/ipv4.ts';
import { IPAM, ModelDriver, NOW } from '../testing/model-driver.ts';
import { addressOf, isUnmanaged, networkOf } from './addresses.ts';
import { refUpdate } from './ref-update.ts';
import { State } from './state.ts';
import { targetsOf, type StoredObject } from './stored-object.ts';
import { backRefsField, childrenField, refsField, TYPE_NAMES, TYPES, type TypeName } from './types.ts';
import { view } from './view.ts';

interface Link {
  readonly uuid: string;
}

const number = fc.nat(1000);
const name = fc.nat(5);
/** Many will be refused; what counts is what is left after each. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('interface' as const), name, network: number, machine: number }),
    fc.record({
      kind: fc.constant('address' as const),
      name,
      network: number,
      host: fc.nat(12),
      through: fc.option(number),
    }),
    fc.record({
      kind: fc.constant('move' as const),
      type: fc.constantFrom('virtual-machine-interface' as const, 'instance-ip' as const),
      which: number,
      network: number,
    }),
    fc.record({ kind: fc.constant('refer' as const), which: number, machine: number, isAdd: fc.boolean() }),
    fc.record({
      kind: fc.constant('resize' as const),
      network: number,
      length: fc.integer({ min: 27, max: 30 }),
    }),
    fc.record({ kind: fc.constant('delete' as const), type: fc.constantFrom(...TYPE_NAMES), which: number }),
  ),
  { maxLength: 40 },
);
type Step = typeof steps extends fc.Arbitrary<(infer Item)[]> ? Item : never;

/** Three networks of which one is not managed, two machines, and one interface of the first. */
function furnished(): ModelDriver {
  const driver = new ModelDriver();
  const subnet = { ip_prefix: '10.0.0.0', ip_prefix_len: 28 };
  const [blue] = ['blue', 'red'].map((name) => driver.network(name, { subnet }));
  const [machine] = ['vm-1', 'vm-2'].map((name) => driver.machine(name));
  if (blue !== undefined) driver.interface('interface-0', blue, machine);
  return driver;
}

function carryOut(driver: ModelDriver, step: Step): void {
  const { graph } = driver.state;
  const pick = (type: TypeName, index: number): StoredObject => {
    const objects = graph.ofType(type);
    const [chosen] = objects.slice(index % Math.max(objects.length, 1));
    if (chosen === undefined) throw new Refusal('ID_NOT_FOUND', 'there is none');
    return chosen;
  };
  // The first two are the server's own and have no subnets.
  const network = (index: number): StoredObject => pick('virtual-network', 2 + (index % 3));
  switch (step.kind) {
    case 'interface':
      driver.interface(
        `interface-${step.name}`,
        network(step.network),
        pick('virtual-machine', step.machine),
      );
      return;
    case 'address': {
      const asked = step.host === 0 ? {} : { instance_ip_address: `10.0.0.${step.host}` };
      const { through } = step;
      const uuid = through === null ? undefined : pick('virtual-machine-interface', through).uuid;
      driver.address(`address-${step.name}`, network(step.network), {
        ...asked,
        ...(uuid !== undefined && { virtual_machine_interface_refs: [{ uuid }] }),
      });
      return;
    }
    case 'move': {
      const virtual_network_refs = [{ uuid: network(step.network).uuid }];
      driver.update(pick(step.type, step.which).uuid, { virtual_network_refs });
      return;
    }
    case 'refer': {
      const { uuid } = pick('virtual-machine-interface', step.which);
      const machine = pick('virtual-machine', step.machine);
      const what = { type: 'virtual-machine-interface', uuid, 'ref-type': 'virtual-machine' };
      const body = { ...what, 'ref-uuid': machine.uuid, operation: step.isAdd ? 'add' : 'DELETE' };
      driver.state.apply({ kind: 'put', object: refUpdate(driver.state, body, NOW) });
      return;
    }
    case 'resize': {
      const subnet = { ip_prefix: '10.0.0.0', ip_prefix_len: step.length };
      const attr = { ipam_subnets: [{ subnet, addr_from_start: true }] };
      driver.update(network(step.network).uuid, { network_ipam_refs: [{ to: IPAM, attr }] });
      return;
    }
    case 'delete':
      driver.delete(pick(step.type, step.which).uuid);
      return;
  }
}

const shownWhole = (state: State, object: StoredObject) =>
  view(state, object, { shows: () => true, href: undefined }) as Record<string, Link[] | undefined>;

/** Every link that some object shows, as `from field to`. */
function links(state: State, fieldOf: (type: TypeName) => string, turned: boolean): string[] {
  const objects = [...state.graph.all()];
  return objects
    .flatMap((object) =>
      TYPE_NAMES.flatMap((type) =>
        (shownWhole(state, object)[fieldOf(type)] ?? []).map(({ uuid }) =>
          turned ? `${uuid} ${object.type} ${object.uuid}` : `${object.uuid} ${type} ${uuid}`,
        ),
      ),
    )
    .toSorted();
}

function checkWhole(state: State): void {
  const targets = [...state.graph.all()].flatMap(targetsOf);
  expect(targets.filter((uuid) => state.graph.get(uuid) === undefined)).toEqual([]);
  expect(links(state, backRefsField, true)).toEqual(links(state, refsField, false));
  const children = [...state.graph.all()]
    .flatMap(({ type, uuid, parent }) =>
      parent === null ? [] : [`${uuid} ${parent.type} ${parent.uuid}:${type}`],
    )
    .toSorted();
  const shown = [...state.graph.all()]
    .flatMap((object) =>
      TYPE_NAMES.flatMap((type) =>
        // The children of a VM are its interfaces only; the field's name alone would say so for any parent.
        TYPES[type].parents.includes(object.type)
          ? (shownWhole(state, object)[childrenField(type)] ?? []).map(
              ({ uuid }) => `${uuid} ${object.type} ${object.uuid}:${type}`,
            )
          : [],
      ),
    )
    .toSorted();
  expect(shown).toEqual(children);

  const held = state.graph.ofType('instance-ip').flatMap((object) => {
    const [network, address] = [networkOf(state.graph, object), addressOf(object)];
    return network === undefined || address === undefined ? [] : [{ network, address }];
  });
  const managed = held.flatMap(({ network, address }) => {
    if (isUnmanaged(network)) return [];
    const { kind } = state.addresses.of(network).check(address);
    // The gateway may be had by several.
    return kind === 'gateway' ? [] : [{ name: `${network.uuid} ${formatIpv4(address)}`, kind }];
  });
  expect(managed.filter(({ kind }) => kind !== 'in-use')).toEqual([]);
  expect(new Set(managed.map(({ name }) => name)).size).toBe(managed.length);
}

test('references, back references, children and addresses agree after any requests, and after a restart', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const driver = furnished();
      for (const step of all) {
        try {
          carryOut(driver, step);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }
      checkWhole(driver.state);
      const restarted = new State(driver.state.graph.all());
      checkWhole(restarted);
      for (const network of driver.state.graph.ofType('virtual-network')) {
        expect(restarted.addresses.of(network).next()).toEqual(driver.state.addresses.of(network).next());
      }
    }),
    { numRuns: 300 },
  );
});
