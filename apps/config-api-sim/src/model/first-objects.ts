import { create } from './create.ts';
import { State } from './state.ts';
import type { StoredObject } from './stored-object.ts';
import type { TypeName } from './types.ts';

/** What every installation has from the start; nobody's creator is on it. */
const FIRST: readonly (readonly [TypeName, readonly string[]])[] = [
  ['domain', ['default-domain']],
  ['project', ['default-domain', 'default-project']],
  ['network-ipam', ['default-domain', 'default-project', 'default-network-ipam']],
  ['virtual-network', ['default-domain', 'default-project', 'default-virtual-network']],
  ['virtual-network', ['default-domain', 'default-project', 'ip-fabric']],
  ['virtual-network', ['default-domain', 'default-project', '__link_local__']],
];

/** The objects of a new server. */
export function firstObjects(now: string, newUuid: () => string): StoredObject[] {
  const state = new State();
  for (const [type, fqName] of FIRST) {
    const object = create(state, type, { fq_name: fqName }, { uuid: newUuid(), now });
    state.apply({ kind: 'put', object });
  }
  return [...state.graph.all()];
}
