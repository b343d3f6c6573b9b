import type {
  InstanceIp,
  ObjectOf,
  VirtualMachine,
  VirtualMachineInterface,
  VirtualNetwork,
} from '@vrouter/config-api-client';

/** The types of which a picture holds objects. */
export const PICTURED_TYPES = [
  'virtual-network',
  'virtual-machine',
  'virtual-machine-interface',
  'instance-ip',
] as const;
export type PicturedType = (typeof PICTURED_TYPES)[number];

type Tables = { readonly [T in PicturedType]: Map<string, ObjectOf<T>> };

/** The objects of the config API that matter for ports, as they were read or written last. */
export class ApiPicture {
  readonly #tables: Tables = {
    'virtual-network': new Map(),
    'virtual-machine': new Map(),
    'virtual-machine-interface': new Map(),
    'instance-ip': new Map(),
  };
  readonly #interfacesOf = new Map<string, Set<string>>();
  readonly #addressesOf = new Map<string, Set<string>>();

  get networks(): ReadonlyMap<string, VirtualNetwork> {
    return this.#tables['virtual-network'];
  }

  get machines(): ReadonlyMap<string, VirtualMachine> {
    return this.#tables['virtual-machine'];
  }

  get interfaces(): ReadonlyMap<string, VirtualMachineInterface> {
    return this.#tables['virtual-machine-interface'];
  }

  get addresses(): ReadonlyMap<string, InstanceIp> {
    return this.#tables['instance-ip'];
  }

  get<T extends PicturedType>(type: T, uuid: string): ObjectOf<T> | undefined {
    return this.#tables[type].get(uuid);
  }

  /** In the order of their uuids, so that whoever takes the first one takes the same every time. */
  interfacesOf(machine: string): readonly VirtualMachineInterface[] {
    return inOrder(this.#interfacesOf.get(machine), this.interfaces);
  }

  addressesOf(interfaceId: string): readonly InstanceIp[] {
    return inOrder(this.#addressesOf.get(interfaceId), this.addresses);
  }

  put<T extends PicturedType>(type: T, object: ObjectOf<T>): void {
    this.remove(type, object.uuid);
    this.#tables[type].set(object.uuid, object);
    for (const [index, owner] of this.#ownersOf(type, object.uuid)) {
      const uuids = index.get(owner) ?? new Set();
      index.set(owner, uuids.add(object.uuid));
    }
  }

  remove(type: PicturedType, uuid: string): void {
    for (const [index, owner] of this.#ownersOf(type, uuid)) {
      const uuids = index.get(owner);
      uuids?.delete(uuid);
      if (uuids?.size === 0) index.delete(owner);
    }
    this.#tables[type].delete(uuid);
  }

  #ownersOf(type: PicturedType, uuid: string): (readonly [Map<string, Set<string>>, string])[] {
    if (type === 'virtual-machine-interface')
      return (this.interfaces.get(uuid)?.virtual_machine_refs ?? []).map((ref) => [
        this.#interfacesOf,
        ref.uuid,
      ]);
    if (type === 'instance-ip')
      return (this.addresses.get(uuid)?.virtual_machine_interface_refs ?? []).map((ref) => [
        this.#addressesOf,
        ref.uuid,
      ]);
    return [];
  }
}

function inOrder<T>(uuids: ReadonlySet<string> | undefined, table: ReadonlyMap<string, T>): readonly T[] {
  return [...(uuids ?? [])].sort().flatMap((uuid) => table.get(uuid) ?? []);
}
