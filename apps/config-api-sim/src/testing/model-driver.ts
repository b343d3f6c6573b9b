import { Refusal } from '../errors.ts';
import { create } from '../model/create.ts';
import { checkDelete } from '../model/delete.ts';
import { firstObjects } from '../model/first-objects.ts';
import { State } from '../model/state.ts';
import type { StoredObject } from '../model/stored-object.ts';
import type { TypeName } from '../model/types.ts';
import { update } from '../model/update.ts';

type Body = Readonly<Record<string, unknown>>;

export const NOW = '2026-01-02T03:04:05.678Z';
export const PROJECT = ['default-domain', 'vCenter'];
export const IPAM = [...PROJECT, 'vCenter-ipam'];

/** `00000000-0000-4000-8000-000000000007` for 7. */
export const uuidOf = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** The model with nothing around it, and the objects that the plugin makes first. */
export class ModelDriver {
  readonly state: State;
  #uuidCount = 0;

  constructor() {
    this.state = new State(firstObjects(NOW, () => uuidOf(++this.#uuidCount)));
    this.create('project', { fq_name: PROJECT });
    this.create('network-ipam', { fq_name: IPAM });
  }

  create(type: TypeName, body: Body): StoredObject {
    const object = create(this.state, type, body, { uuid: uuidOf(++this.#uuidCount), now: NOW });
    this.state.apply({ kind: 'put', object });
    return object;
  }

  update(uuid: string, body: Body): StoredObject {
    const object = update(this.state, this.get(uuid), body, NOW);
    this.state.apply({ kind: 'put', object });
    return object;
  }

  delete(uuid: string): void {
    checkDelete(this.state, this.get(uuid));
    this.state.apply({ kind: 'remove', uuid });
  }

  get(uuid: string): StoredObject {
    const object = this.state.graph.get(uuid);
    if (object === undefined) throw new Error(`there is no ${uuid}`);
    return object;
  }

  /** A network; `spec` adds to, or changes, its subnet 10.0.0.0/24 from the start. */
  network(name: string, spec: Body = {}): StoredObject {
    const subnet = { ip_prefix: '10.0.0.0', ip_prefix_len: 24 };
    const attr = { ipam_subnets: [{ subnet, addr_from_start: true, ...spec }] };
    return this.create('virtual-network', {
      fq_name: [...PROJECT, name],
      network_ipam_refs: [{ to: IPAM, attr }],
    });
  }

  machine(name: string): StoredObject {
    return this.create('virtual-machine', { fq_name: [name] });
  }

  interface(name: string, network: StoredObject, machine?: StoredObject): StoredObject {
    return this.create('virtual-machine-interface', {
      fq_name: [...PROJECT, name],
      parent_type: 'project',
      virtual_network_refs: [{ uuid: network.uuid }],
      ...(machine !== undefined && { virtual_machine_refs: [{ to: machine.fqName }] }),
    });
  }

  address(name: string, network: StoredObject, body: Body = {}): StoredObject {
    return this.create('instance-ip', {
      fq_name: [name],
      virtual_network_refs: [{ uuid: network.uuid }],
      ...body,
    });
  }
}

/** What `action` was refused with: `409 text`. */
export function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return `${error.status} ${error.message}`;
    throw error;
  }
  throw new Error('it was not refused');
}
