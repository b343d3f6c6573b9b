import type { StoredObject } from './stored-object.ts';
import { uuidHalves } from './uuid.ts';

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PERMISSIONS = {
  owner: 'cloud-admin',
  owner_access: 7,
  group: 'cloud-admin-group',
  group_access: 7,
  other_access: 7,
};

/** `id_perms` of a new object: only four fields are the client's. `now` is an ISO time. */
export function newIdPerms(asked: unknown, now: string): Fields {
  const {
    enable = true,
    description = null,
    creator = null,
    user_visible = true,
  } = isFields(asked) ? asked : {};
  const times = { created: serverTime(now), last_modified: serverTime(now) };
  return { enable, description, creator, user_visible, permissions: PERMISSIONS, ...times };
}

/** `id_perms` after a change: `enable` and `description` may be set, the creator stays. */
export function changedIdPerms(before: unknown, asked: unknown, now: string): Fields {
  const kept = isFields(before) ? before : {};
  const { enable = kept['enable'], description = kept['description'] } = isFields(asked) ? asked : {};
  return { ...kept, enable, description, last_modified: serverTime(now) };
}

/** `perms2` of a new object: the owner is the parent's unless given; a project owns itself. */
export function newPerms2(
  asked: unknown,
  object: Pick<StoredObject, 'type' | 'uuid'>,
  parent?: StoredObject,
): Fields {
  const owner = object.type === 'project' ? object.uuid.replaceAll('-', '') : parentsOwner(parent);
  return { owner, owner_access: 7, global_access: 0, share: [], ...(isFields(asked) ? asked : {}) };
}

function parentsOwner(parent: StoredObject | undefined): unknown {
  const perms2 = parent?.properties['perms2'];
  return isFields(perms2) && parent?.type !== 'domain' ? perms2['owner'] : 'cloud-admin';
}

/** `id_perms` as shown: with the uuid in halves. */
export function shownIdPerms(object: StoredObject): Fields {
  const { high, low } = uuidHalves(object.uuid);
  const idPerms = object.properties['id_perms'];
  const uuid = { uuid_mslong: rawNumber(high), uuid_lslong: rawNumber(low) };
  return { ...(isFields(idPerms) ? idPerms : {}), uuid };
}

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
const rawNumber = (value: bigint): unknown => rawJSON(String(value));

/** The server's times have microseconds and no zone. */
const serverTime = (iso: string): string => iso.replace(/(\.\d{3})Z$/, '$1000');
