import type { State } from './state.ts';
import { targetsOf, type StoredObject } from './stored-object.ts';
import type { TypeName } from './types.ts';

/** Which objects of a type a list is to hold. All conditions hold together. */
export interface Selection {
  /** Children of one of these. */
  readonly parentIds?: readonly string[];
  /** Objects that refer to one of these. */
  readonly backRefIds?: readonly string[];
  readonly uuids?: readonly string[];
  /** At most `limit` objects, in order of uuid, from behind `after`. */
  readonly page?: { readonly after: string | undefined; readonly limit: number };
}

export interface Selected {
  readonly objects: readonly StoredObject[];
  /** Where the next page starts; undefined at the end, and without pages. */
  readonly marker: string | undefined;
}

export function select(state: State, type: TypeName, selection: Selection): Selected {
  const objects = candidates(state, type, selection).filter((object) => fits(object, selection));
  const { page } = selection;
  if (page === undefined) return { objects, marker: undefined };
  const ordered = objects.toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1));
  const { after = '' } = page;
  const rest = ordered.filter(({ uuid }) => uuid > after);
  const shown = rest.slice(0, page.limit);
  return { objects: shown, marker: rest.length > shown.length ? shown.at(-1)?.uuid : undefined };
}

/** The shortest way to a superset of what is asked for. */
function candidates({ graph }: State, type: TypeName, selection: Selection): readonly StoredObject[] {
  const { uuids, parentIds, backRefIds } = selection;
  const ofType = (objects: readonly StoredObject[]): StoredObject[] => [
    ...new Set(objects.filter((object) => object.type === type)),
  ];
  if (uuids !== undefined) return ofType(uuids.flatMap((uuid) => graph.get(uuid) ?? []));
  if (parentIds !== undefined) return ofType(parentIds.flatMap((uuid) => graph.childrenOf(uuid)));
  if (backRefIds !== undefined) return ofType(backRefIds.flatMap((uuid) => graph.referrersOf(uuid)));
  return graph.ofType(type);
}

function fits(object: StoredObject, { parentIds, backRefIds }: Selection): boolean {
  if (parentIds !== undefined && !parentIds.includes(object.parent?.uuid ?? '')) return false;
  if (backRefIds === undefined) return true;
  return targetsOf(object).some((uuid) => backRefIds.includes(uuid));
}
