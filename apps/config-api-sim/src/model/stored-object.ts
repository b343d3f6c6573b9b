import type { TypeName } from './types.ts';

/** A reference, kept by the object that refers. The name of the target is looked up when it is shown. */
export interface Reference {
  readonly uuid: string;
  readonly attr: unknown;
}

/** An object as it is kept: without what others say about it (children, back references). Never changed in place. */
export interface StoredObject {
  readonly type: TypeName;
  readonly uuid: string;
  readonly fqName: readonly string[];
  readonly parent: { readonly type: TypeName; readonly uuid: string } | null;
  /** By wire name; always with display_name, id_perms and perms2. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** By type of the target; only types with at least one reference. */
  readonly refs: Readonly<Partial<Record<TypeName, readonly Reference[]>>>;
}

/** What a request changes; one request changes one object. */
export type Change =
  | { readonly kind: 'put'; readonly object: StoredObject }
  | { readonly kind: 'remove'; readonly uuid: string };

export function targetsOf(object: StoredObject): string[] {
  return Object.values(object.refs).flatMap((refs) => refs.map(({ uuid }) => uuid));
}
