import { ApiPicture } from '../picture.ts';
import type { Step } from '../plan/step.ts';
import { asRead } from '../work/as-read.ts';

const PROJECT = 'c0000000-0000-4000-8000-000000000001';

/** A config API server reduced to its rules: what a step refers to is there, and what is deleted nobody refers to. */
export class ModelApi {
  readonly picture = new ApiPicture();
  readonly #subnets: readonly object[];
  #addresses = 10;

  /** `subnets` is what a network gets of which nobody says more. */
  constructor(subnets: readonly object[] = SUBNETS) {
    this.#subnets = subnets;
  }

  /** Throws when a server would refuse it. */
  apply(step: Step): void {
    switch (step.kind) {
      case 'create':
        return this.#create(step);
      case 'update': {
        const { type, uuid, changes } = step;
        const found = this.picture.get(type, uuid);
        if (found === undefined) throw new Error(`${type} ${uuid} is not there to be changed`);
        return this.picture.put(type, asRead(type, resolved({ ...found, ...changes })));
      }
      case 'delete':
        return this.#delete(step.type, step.uuid);
      case 'detach':
        throw new Error('there are no floating ips here');
    }
  }

  #create({ type, object }: Extract<Step, { kind: 'create' }>): void {
    if (this.picture.get(type, object.uuid) !== undefined)
      throw new Error(`${type} ${object.uuid} is there already`);
    for (const uuid of refsOf(object, 'virtual_network_refs')) this.#mustHave('virtual-network', uuid);
    for (const uuid of refsOf(object, 'virtual_machine_refs')) this.#mustHave('virtual-machine', uuid);
    for (const uuid of refsOf(object, 'virtual_machine_interface_refs'))
      this.#mustHave('virtual-machine-interface', uuid);
    const address = type === 'instance-ip' && {
      instance_ip_address: `10.0.0.${(this.#addresses += 1)}`,
      ...object,
    };
    const before = { network_ipam_refs: this.#subnets };
    this.picture.put(
      type,
      asRead(type, resolved({ ...before, ...object, ...address, parent_uuid: PROJECT })),
    );
  }

  #delete(type: Extract<Step, { kind: 'delete' }>['type'], uuid: string): void {
    if (this.picture.get(type, uuid) === undefined)
      throw new Error(`${type} ${uuid} is not there to be deleted`);
    const { interfaces, addresses } = this.picture;
    const users = [...interfaces.values(), ...addresses.values()].filter((each) =>
      [
        ...each.virtual_network_refs,
        ...('virtual_machine_refs' in each ? each.virtual_machine_refs : each.virtual_machine_interface_refs),
      ].some((ref) => ref.uuid === uuid),
    );
    if (users.length > 0) throw new Error(`${type} ${uuid} is still referred to by ${users[0]?.uuid}`);
    this.picture.remove(type, uuid);
  }

  #mustHave(type: 'virtual-network' | 'virtual-machine' | 'virtual-machine-interface', uuid: string): void {
    if (this.picture.get(type, uuid) === undefined)
      throw new Error(`there is no ${type} ${uuid} to refer to`);
  }
}

const IPAM = 'c0000000-0000-4000-8000-000000000002';
const SUBNETS = [
  {
    to: ['ipam'],
    attr: { ipam_subnets: [{ subnet: { ip_prefix: '10.0.0.0', ip_prefix_len: 24 } }] },
  },
];

/** A reference may be given by name alone; what is read has both. */
function resolved<T extends { readonly uuid: string }>(object: T): T {
  const { network_ipam_refs: refs = [] } = object as { network_ipam_refs?: readonly object[] };
  return { ...object, network_ipam_refs: refs.map((ref) => ({ uuid: IPAM, ...ref })) };
}

function refsOf(object: object, field: string): readonly string[] {
  const refs = (object as Record<string, readonly { readonly uuid?: string }[] | undefined>)[field] ?? [];
  return refs.flatMap(({ uuid }) => uuid ?? []);
}
