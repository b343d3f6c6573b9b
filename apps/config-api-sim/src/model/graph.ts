import { targetsOf, type StoredObject } from './stored-object.ts';
import { TYPE_NAMES, type TypeName } from './types.ts';

/** All objects, found by uuid, by name, by parent and by what they refer to, without a search. */
export class Graph {
  readonly #objects = new Map<string, StoredObject>();
  readonly #uuids = new Map<string, string>();
  readonly #ofType = new Map<TypeName, Map<string, StoredObject>>(
    TYPE_NAMES.map((type) => [type, new Map()]),
  );
  readonly #children = new Links();
  readonly #referrers = new Links();

  get(uuid: string): StoredObject | undefined {
    return this.#objects.get(uuid);
  }

  /** As `get`, if it is of that type. */
  getOf(type: TypeName, uuid: string): StoredObject | undefined {
    return this.#ofType.get(type)?.get(uuid);
  }

  uuidOf(type: TypeName, fqName: readonly string[]): string | undefined {
    return this.#uuids.get(nameKey(type, fqName));
  }

  /** In order of creation. */
  ofType(type: TypeName): readonly StoredObject[] {
    return [...(this.#ofType.get(type)?.values() ?? [])];
  }

  count(type: TypeName): number {
    return this.#ofType.get(type)?.size ?? 0;
  }

  all(): IterableIterator<StoredObject> {
    return this.#objects.values();
  }

  childrenOf(uuid: string): StoredObject[] {
    return this.#resolve(this.#children.of(uuid));
  }

  referrersOf(uuid: string): StoredObject[] {
    return this.#resolve(this.#referrers.of(uuid));
  }

  /** Adds `object`, or puts it in the place of the one with its uuid; name and parent of an object never change. */
  put(object: StoredObject): void {
    const { uuid, type, fqName, parent } = object;
    const before = this.#objects.get(uuid);
    for (const target of before === undefined ? [] : targetsOf(before)) this.#referrers.remove(target, uuid);
    this.#objects.set(uuid, object);
    this.#ofType.get(type)?.set(uuid, object);
    this.#uuids.set(nameKey(type, fqName), uuid);
    if (parent !== null) this.#children.add(parent.uuid, uuid);
    for (const target of targetsOf(object)) this.#referrers.add(target, uuid);
  }

  remove(uuid: string): void {
    const object = this.#objects.get(uuid);
    if (object === undefined) return;
    this.#objects.delete(uuid);
    this.#ofType.get(object.type)?.delete(uuid);
    this.#uuids.delete(nameKey(object.type, object.fqName));
    if (object.parent !== null) this.#children.remove(object.parent.uuid, uuid);
    for (const target of targetsOf(object)) this.#referrers.remove(target, uuid);
  }

  #resolve(uuids: Iterable<string>): StoredObject[] {
    return [...uuids].flatMap((uuid) => this.#objects.get(uuid) ?? []);
  }
}

/** Names may contain any separator, so the array itself is the key. */
function nameKey(type: TypeName, fqName: readonly string[]): string {
  return JSON.stringify([type, ...fqName]);
}

class Links {
  readonly #links = new Map<string, Set<string>>();

  of(from: string): Iterable<string> {
    return this.#links.get(from) ?? [];
  }

  add(from: string, to: string): void {
    const links = this.#links.get(from) ?? new Set();
    this.#links.set(from, links.add(to));
  }

  remove(from: string, to: string): void {
    const links = this.#links.get(from);
    links?.delete(to);
    if (links?.size === 0) this.#links.delete(from);
  }
}
