import { expect, test } from 'vitest';
import { EMPTY, MAC, vmWith, VM_ID } from '../binding/testing/inventory.ts';
import { ApiPicture } from '../config-api/picture.ts';
import { asRead } from '../config-api/work/as-read.ts';
import type { VirtualMachine } from '../inventory/model.ts';
import { AsComputeScope } from './as-compute-scope.ts';

const NETWORK = 'a0b1c2d3-0000-4000-8000-000000000001';
const NETWORKS = [
  { key: 'dvportgroup-21', name: `domain-c7-${NETWORK}`, vlan: { primary: 5, isolated: 6 } },
  { key: 'dvportgroup-22', name: 'backup', vlan: { primary: 7, isolated: 7 } },
];
const NOBODY = new ApiPicture();

function scopeOf(...vms: VirtualMachine[]): AsComputeScope {
  return new AsComputeScope({ ...EMPTY, networks: NETWORKS, vms }, 'power');
}

const BEFORE = scopeOf(vmWith([{}]));

test.for([
  ['a VM that is new', scopeOf(), vmWith([{}]), true],
  ['one that moved', BEFORE, vmWith([{}], { host: 'esx-2' }), true],
  ['one that was powered on', scopeOf(vmWith([{}], { power: 'off' })), vmWith([{}]), true],
  ['one with another MAC', BEFORE, vmWith([{ mac: '00:50:56:bf:7d:a2' }]), true],
  ['one with a second adapter', BEFORE, vmWith([{}, { mac: '00:50:56:bf:7d:a2' }]), true],
  ['one whose guest tells of an address', BEFORE, vmWith([{ ip: '10.9.0.7' }]), true],
  ['one that is the same', BEFORE, vmWith([{}]), false],
  ['one with another annotation', BEFORE, vmWith([{}], { annotation: 'name:web' }), false],
  ['one that was powered off', BEFORE, vmWith([{}], { power: 'off' }), false],
  ['one in no network of OpenStack', scopeOf(), vmWith([{ network: 'dvportgroup-22' }]), false],
  ['one whose id is no uuid', scopeOf(), vmWith([{}], { id: 'vm-1' }), false],
] as const)('the config API is asked for %s: %s', ([, before, vm, isAsked]) => {
  expect(scopeOf(vm).changedSince(before)).toEqual(isAsked ? [vm.id] : []);
});

test('what is asked for VMs is their networks too, and not VMs that are not there', () => {
  const scope = BEFORE.of(new Set([VM_ID, 'somebody else']), NOBODY);
  expect(scope).toEqual({ machines: [VM_ID], networks: [NETWORK] });
  expect(BEFORE.of(new Set(), pictureWith(MAC))).toEqual({ machines: [], networks: [] });
});

test('interfaces of MACs that no adapter has are forgotten, with their addresses', () => {
  const [needed, other] = [pictureWith(MAC), pictureWith('00:50:56:bf:7d:a2')];
  for (const picture of [needed, other]) BEFORE.forgetOthers(picture);
  expect([needed.interfaces.size, needed.addresses.size, needed.networks.size]).toEqual([1, 1, 1]);
  expect([other.interfaces.size, other.addresses.size, other.networks.size]).toEqual([0, 0, 1]);
});

/** With an interface of the VM, which has that MAC, and an address. */
function pictureWith(mac: string): ApiPicture {
  const picture = new ApiPicture();
  const uuid = 'some-interface';
  const common = { fq_name: [], virtual_network_refs: [{ uuid: NETWORK, to: [] }] };
  picture.put('virtual-network', asRead('virtual-network', { uuid: NETWORK, fq_name: [] }));
  picture.put(
    'virtual-machine-interface',
    asRead('virtual-machine-interface', {
      ...common,
      uuid,
      virtual_machine_refs: [{ uuid: VM_ID, to: [] }],
      virtual_machine_interface_mac_addresses: { mac_address: [mac] },
    }),
  );
  const refs = [{ uuid, to: [] }];
  picture.put(
    'instance-ip',
    asRead('instance-ip', { ...common, uuid: 'address', virtual_machine_interface_refs: refs }),
  );
  return picture;
}
