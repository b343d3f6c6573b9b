import { isDeepStrictEqual } from 'node:util';
import { candidates } from '../binding/candidates.ts';
import type { Lifecycle } from '../binding/desired-port.ts';
import { awaitsAddress, openStackNetworkId } from '../binding/vcenter-as-compute.ts';
import { findInterface, isInterfaceOf } from '../config-api/find-interface.ts';
import type { ApiPicture } from '../config-api/picture.ts';
import { removeInterface, type ComputeScope } from '../config-api/read-compute.ts';
import type { Inventory, VirtualMachine } from '../inventory/model.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An adapter that should have a port, in a network of OpenStack's. */
interface Sought {
  readonly vm: VirtualMachine;
  readonly mac: string;
  readonly network: string;
}

/** What the config API has to be asked for, for an inventory. Replaced with it, never changed. */
export class AsComputeScope {
  readonly #sought: readonly Sought[];
  readonly #networks: readonly string[];
  readonly #vms: ReadonlyMap<string, VirtualMachine>;

  constructor({ networks, vms }: Pick<Inventory, 'networks' | 'vms'>, lifecycle: Lifecycle) {
    const idOf = new Map(networks.map(({ key, name }) => [key, openStackNetworkId(name)]));
    const inventory = { hosts: [], networks, vms };
    this.#sought = candidates(inventory, lifecycle, []).flatMap(({ vm, mac, adapter }) => {
      const network = idOf.get(adapter.network);
      return network === undefined || !UUID.test(vm.id) ? [] : { vm, mac, network };
    });
    this.#networks = unique([...idOf.values()].flatMap((id) => id ?? []));
    this.#vms = new Map(this.#sought.map(({ vm }) => [vm.id, vm]));
  }

  whole(): ComputeScope {
    return { machines: [...this.#vms.keys()], networks: this.#networks };
  }

  has(machine: string): boolean {
    return this.#vms.has(machine);
  }

  /** VMs that are not as they were in `before`, or were not there: the config API may say something else of them now. */
  changedSince(before: AsComputeScope): readonly string[] {
    return [...this.#vms].flatMap(([id, vm]) => (isSame(vm, before.#vms.get(id)) ? [] : id));
  }

  /** VMs of whose adapters the picture does not have all that it should. */
  lackingIn(picture: ApiPicture): readonly string[] {
    return unique(this.#sought.filter((each) => isLacking(each, picture)).map(({ vm }) => vm.id));
  }

  /** Those VMs, as far as they are in the inventory, with their networks, and networks that nobody knows anything of. */
  of(machines: ReadonlySet<string>, picture: ApiPicture): ComputeScope {
    const asked = this.#sought.filter(({ vm }) => machines.has(vm.id));
    const unknown = this.#networks.filter((id) => !picture.networks.has(id));
    return {
      machines: unique(asked.map(({ vm }) => vm.id)),
      networks: unique([...asked.map(({ network }) => network), ...unknown]),
    };
  }

  /**
   * Takes out of the picture what no adapter needs now. Should the adapter come back, its interface may be another one:
   * better to ask again than to bind what may be gone.
   */
  forgetOthers(picture: ApiPicture): void {
    const needed = new Set(
      this.#sought.flatMap(({ vm, mac, network }) =>
        picture
          .interfacesOf(vm.id)
          .filter((each) => isInterfaceOf(each, mac, network))
          .map(({ uuid }) => uuid),
      ),
    );
    const networks = new Set(this.#networks);
    for (const uuid of picture.interfaces.keys()) if (!needed.has(uuid)) removeInterface(picture, uuid);
    for (const uuid of picture.networks.keys())
      if (!networks.has(uuid)) picture.remove('virtual-network', uuid);
  }
}

function isLacking({ vm, mac, network: id }: Sought, picture: ApiPicture): boolean {
  const network = picture.networks.get(id);
  const found = findInterface(picture, vm.id, mac, id);
  return network === undefined || found === undefined || awaitsAddress(picture, found.uuid, network);
}

/** In all that OpenStack has a say in, or that tells of its doings. */
function isSame(vm: VirtualMachine, before: VirtualMachine | undefined): boolean {
  if (vm === before) return true;
  if (before === undefined || vm.host !== before.host || vm.power !== before.power) return false;
  return isDeepStrictEqual(vm.adapters, before.adapters);
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
