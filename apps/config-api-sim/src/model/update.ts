import { Refusal } from '../errors.ts';
import { checkAddressChange } from './address-rules.ts';
import { completeNetwork } from './network-rules.ts';
import { changedIdPerms, isFields } from './permissions.ts';
import { readProperties } from './properties.ts';
import { inUpdate, keptReferences, readReferences } from './references.ts';
import type { State } from './state.ts';
import type { StoredObject } from './stored-object.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * `object` with the fields of `body`: properties are set, or taken away by null; a list of references replaces the
 * one before. Uuid, name and parent are the object's for life and ignored. Throws `Refusal`.
 */
export function update(state: State, object: StoredObject, body: Body, now: string): StoredObject {
  const { type } = object;
  if (isFields(body['perms2']) && !Object.hasOwn(body['perms2'], 'owner')) {
    throw new Refusal('OWNER_MISSING', 'owner in perms2 must be present');
  }
  const set = readProperties(type, body, 'http_put');
  const refs = readReferences(state, type, body, 'http_put', inUpdate(type, body));
  const { id_perms, perms2 } = object.properties;
  const merged = Object.entries({ ...object.properties, ...set }).filter(([, value]) => value !== null);
  const changed: StoredObject = {
    ...object,
    properties: {
      ...Object.fromEntries(merged),
      id_perms: changedIdPerms(id_perms, set['id_perms'], now),
      perms2: { ...(perms2 as object), ...(set['perms2'] as object | null | undefined) },
    },
    refs: keptReferences({ ...object.refs, ...refs }),
  };
  return check(state, object, changed);
}

/** What only some types need. */
export function check(state: State, before: StoredObject, after: StoredObject): StoredObject {
  if (before.type === 'virtual-network') return completeNetwork(state, after, before);
  if (before.type === 'instance-ip' || before.type === 'floating-ip')
    checkAddressChange(state, before, after);
  return after;
}
