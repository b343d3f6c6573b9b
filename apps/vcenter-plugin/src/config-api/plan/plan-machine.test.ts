import { beforeEach, expect, test } from 'vitest';
import {
  inventoryOf,
  NETWORK_ID,
  PLACEMENTS,
  PORT_ID,
  VM_ID,
  vmWith,
} from '../../binding/testing/inventory.ts';
import { SECURITY_GROUP } from '../names.ts';
import { ModelApi } from '../testing/model-api.ts';
import { planMachine } from './plan-machine.ts';
import { planNetwork } from './plan-network.ts';
import type { Step } from './step.ts';
import { wantedOf } from './wanted.ts';

const CONTEXT = { holds: () => undefined, isBraked: false, isHeldBack: () => false };
const OTHER_GROUP = {
  to: ['default-domain', 'vCenter', 'web'],
  uuid: 'c0000000-0000-4000-8000-000000000007',
};

let api: ModelApi;
beforeEach(() => {
  api = new ModelApi();
  const { networks } = wantedOf(inventoryOf(), PLACEMENTS, [], () => undefined);
  for (const step of planNetwork(NETWORK_ID, networks.get(NETWORK_ID), api.picture, CONTEXT).steps)
    api.apply(step);
  for (const step of stepsFor('web-1')) api.apply(step);
});

/** What is to be done about the machine when it is called `name`. */
function stepsFor(name: string): readonly Step[] {
  const { machines } = wantedOf(inventoryOf(vmWith([{}], { name })), PLACEMENTS, [], () => undefined);
  return planMachine(VM_ID, machines.get(VM_ID), api.picture, CONTEXT).steps;
}

const become = (changes: object): void =>
  api.apply({ kind: 'update', type: 'virtual-machine-interface', uuid: PORT_ID, changes });
const updateOf = (changes: object): Step => ({
  kind: 'update',
  type: 'virtual-machine-interface',
  uuid: PORT_ID,
  changes,
});

test('an interface that lost its security groups gets the default one again', () => {
  become({ security_group_refs: [] });
  expect(stepsFor('web-1')).toEqual([updateOf({ security_group_refs: [{ to: SECURITY_GROUP }] })]);
  for (const step of stepsFor('web-1')) api.apply(step);
  expect(stepsFor('web-1')).toEqual([]);
});

test.each([
  { security_group_refs: [OTHER_GROUP] },
  { port_security_enabled: false },
  { id_perms: { enable: false, creator: 'vcenter-plugin' } },
])('%j is an operator’s choice and stays', (choice) => {
  become(choice);
  expect(stepsFor('web-1')).toEqual([]);
});

test('a VM that is renamed changes the name of its interface and nothing else', () => {
  become({ security_group_refs: [OTHER_GROUP] });
  expect(stepsFor('web-2')).toEqual([updateOf({ display_name: 'vmi-blue-web-2' })]);
});

test('an address of ours refers to an interface of another project by its name there', () => {
  const found = api.picture.interfaces.get(PORT_ID);
  if (found === undefined) throw new Error('there is no interface');
  const fq_name = ['default-domain', 'theirs', PORT_ID];
  api.picture.put('virtual-machine-interface', { ...found, fq_name, id_perms: { creator: 'theirs' } });
  for (const { uuid } of api.picture.addressesOf(PORT_ID)) api.picture.remove('instance-ip', uuid);
  const refs = [{ to: fq_name, uuid: PORT_ID }];
  expect(stepsFor('web-1')).toMatchObject([
    { kind: 'create', type: 'instance-ip', object: { virtual_machine_interface_refs: refs } },
  ]);
});
