/** A change to the base port of `vectors/ports.json`. */
export interface Change {
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

/** The request that a vector stands for. */
export function requestOf(base: object, { set, remove }: Change): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...base, ...set }).filter(([field]) => !remove.includes(field)));
}
