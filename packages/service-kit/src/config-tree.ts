/** Keys and values, as a config file or a layer of one. */
export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `above` over `below`, key by key. Own keys only, so that a key named `__proto__` is a key like any other. */
export function mergeTrees(below: Tree, above: Tree): Tree {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const under = merged.get(key);
    merged.set(key, isTree(under) && isTree(value) ? mergeTrees(under, value) : value);
  }
  return Object.fromEntries(merged);
}

/** Does `tree` say something at `path`? */
export function hasPath(tree: Tree, path: readonly PropertyKey[]): boolean {
  let value: unknown = tree;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return true;
}
