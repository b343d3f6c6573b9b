import { z } from 'zod';

/** A reference, or a link back, as the server shows it. */
export const Reference = z.object({ to: z.array(z.string()), uuid: z.string() });
export type Reference = z.infer<typeof Reference>;

/** A reference as clients write it: by name, by uuid, or both. */
export interface NewReference<Attr = null> {
  readonly to?: readonly string[];
  readonly uuid?: string;
  readonly attr?: Attr;
}

/** Links, or none: the server leaves out what is empty. */
export const links = z
  .array(Reference)
  .nullish()
  .transform((list) => list ?? []);

export const IdPerms = z.object({
  enable: z.boolean().nullish(),
  description: z.string().nullish(),
  /** Who made the object; for life. */
  creator: z.string().nullish(),
  created: z.string().nullish(),
  last_modified: z.string().nullish(),
});
export type IdPerms = z.infer<typeof IdPerms>;

/** What every object has. Unknown fields are dropped. */
export const common = {
  uuid: z.string(),
  fq_name: z.array(z.string()),
  display_name: z.string().nullish(),
  parent_type: z.string().nullish(),
  parent_uuid: z.string().nullish(),
  id_perms: IdPerms.nullish(),
  perms2: z.object({ owner: z.string().nullish() }).nullish(),
};

/** What clients may write to any object. null takes a property away. */
export interface CommonChanges {
  readonly display_name?: string | null;
  readonly id_perms?: {
    readonly enable?: boolean;
    readonly description?: string | null;
    readonly creator?: string;
  };
  /** Whole, or not at all: without an owner the server refuses it. */
  readonly perms2?: { readonly owner: string };
}

/** What a new object brings, besides what can be changed later. */
export interface Identity {
  readonly fq_name: readonly string[];
  /** Chosen by the client, or left to the server. */
  readonly uuid?: string;
  readonly parent_type?: string;
}
