import { Refusal } from '../errors.ts';
import { withAddress } from './address-rules.ts';
import { completeNetwork } from './network-rules.ts';
import { readParent } from './parent.ts';
import { newIdPerms, newPerms2 } from './permissions.ts';
import { readProperties } from './properties.ts';
import { plainText, prettyName } from './python-text.ts';
import { inCreate, keptReferences, readReferences } from './references.ts';
import type { State } from './state.ts';
import type { StoredObject } from './stored-object.ts';
import type { TypeName } from './types.ts';
import { isUuid } from './uuid.ts';

type Body = Readonly<Record<string, unknown>>;

/** What a new object takes from outside: a uuid, unless the client chose one, and the time. */
export interface Given {
  readonly uuid: string;
  /** ISO 8601. */
  readonly now: string;
}

/** The object that `body` asks for; checks come in the order of the real server. Throws `Refusal`. */
export function create(state: State, type: TypeName, body: Body, given: Given): StoredObject {
  const fqName = readName(body['fq_name']);
  const properties = readProperties(type, body, 'create');
  const existing = state.graph.uuidOf(type, fqName);
  if (existing !== undefined) {
    throw new Refusal('NAME_EXISTS', `${prettyName(fqName)} already exists with uuid: ${existing}`);
  }
  const uuid = readUuid(state, body['uuid'] ?? given.uuid);
  const parent = readParent(state, type, fqName, body['parent_type']);
  const refs = keptReferences(readReferences(state, type, body, 'create', inCreate(body)));
  return finish(state, {
    type,
    uuid,
    fqName,
    parent: parent === undefined ? null : { type: parent.type, uuid: parent.uuid },
    properties: {
      ...withoutNulls(properties),
      display_name: properties['display_name'] ?? fqName.at(-1),
      id_perms: newIdPerms(properties['id_perms'], given.now),
      perms2: newPerms2(properties['perms2'], { type, uuid }, parent),
    },
    refs,
  });
}

/** What only some types need. */
function finish(state: State, object: StoredObject): StoredObject {
  if (object.type === 'virtual-network') return completeNetwork(state, object);
  if (object.type === 'virtual-machine-interface') return withMac(object);
  if (object.type === 'instance-ip' || object.type === 'floating-ip') return withAddress(state, object);
  return object;
}

function readName(fqName: unknown): readonly string[] {
  if (!Array.isArray(fqName) || fqName.length === 0) {
    throw new Refusal('BAD_NAME', 'Bad Request, no fq_name in POST body');
  }
  const names = fqName.map(String);
  const name = names.at(-1) ?? '';
  if (Array.from(name).some(isIllegalInXml)) {
    throw new Refusal('BAD_NAME', 'Bad Request, name has illegal xml characters');
  }
  if (name.includes(':')) {
    throw new Refusal('BAD_NAME', "Bad Request, name has one of invalid chars set([':'])");
  }
  return names;
}

/** XML 1.0, which real clients speak, has no place for control characters and halves of surrogate pairs. */
function isIllegalInXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return !'\t\n\r'.includes(character);
  return (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}

function readUuid(state: State, uuid: unknown): string {
  if (!isUuid(uuid)) throw new Refusal('BAD_UUID', `Invalid UUID format: ${plainText(uuid)}`);
  const holder = state.graph.get(uuid);
  if (holder === undefined) return uuid;
  throw new Refusal('UUID_EXISTS', `${uuid} already exists with fq_name: ${prettyName(holder.fqName)}`);
}

/** An interface without MAC address gets one made of its uuid. */
function withMac(object: StoredObject): StoredObject {
  const field = 'virtual_machine_interface_mac_addresses';
  const given = object.properties[field] as { mac_address?: unknown } | undefined;
  if (Array.isArray(given?.mac_address) && given.mac_address.length > 0) return object;
  const digits = object.uuid.replaceAll('-', '').slice(0, 10);
  const mac = ['02', ...(digits.match(/../g) ?? [])].join(':');
  return { ...object, properties: { ...object.properties, [field]: { mac_address: [mac] } } };
}

function withoutNulls(properties: Body): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
