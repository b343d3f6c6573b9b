import { Refusal } from '../errors.ts';
import { isUnmanaged } from './addresses.ts';
import type { State } from './state.ts';
import type { StoredObject } from './stored-object.ts';

/** May `object` go? Throws `Refusal` naming what stands in the way. */
export function checkDelete({ graph }: State, object: StoredObject): void {
  if (object.type === 'virtual-network' && isUnmanaged(object)) {
    throw new Refusal(
      'SYSTEM_OBJECT',
      `Can not delete system created default virtual-network ${object.uuid}`,
    );
  }
  const children = firstType(graph.childrenOf(object.uuid).filter((child) => !isDefaultChild(child)));
  if (children.length > 0) {
    throw new Refusal('CHILDREN_PRESENT', 'Delete when children still present: ', children);
  }
  const referrers = firstType(graph.referrersOf(object.uuid).filter(({ uuid }) => uuid !== object.uuid));
  if (referrers.length > 0) {
    throw new Refusal('STILL_REFERRED', 'Delete when resource still referred: ', referrers);
  }
}

const isDefaultChild = ({ type, fqName }: StoredObject): boolean => fqName.at(-1) === `default-${type}`;

/** The real server looks at one type after the other and stops at the first with hindrances. */
function firstType(objects: readonly StoredObject[]): StoredObject[] {
  return objects.filter(({ type }) => type === objects[0]?.type);
}
