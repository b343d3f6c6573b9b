import { Refusal } from '../errors.ts';
import { changedIdPerms } from './permissions.ts';
import { plainText, prettyName } from './python-text.ts';
import { keptReferences } from './references.ts';
import type { State } from './state.ts';
import type { Reference, StoredObject } from './stored-object.ts';
import { isTypeName, TYPES, type TypeName } from './types.ts';
import { check } from './update.ts';

type Body = Readonly<Record<string, unknown>>;

/** The object that `body` names, with one reference more or less. Throws `Refusal`. */
export function refUpdate(state: State, body: Body, now: string): StoredObject {
  const type = readType(body['type']);
  const target = readType(body['ref-type']);
  const { uuid, operation } = body;
  if (typeof uuid !== 'string' || typeof operation !== 'string') {
    const fields = [type, uuid, target, operation].map(plainText).join(', ');
    throw new Refusal('BAD_BODY', `Bad Request: type/uuid/ref-type/operation is null: ${fields}.`);
  }
  if (!['ADD', 'DELETE'].includes(operation.toUpperCase())) {
    throw new Refusal(
      'BAD_BODY',
      `Bad Request: operation should be add or delete: ${operation.toUpperCase()}`,
    );
  }
  const isAdd = operation.toUpperCase() === 'ADD';
  const targetUuid = readTarget(state, target, body, isAdd);
  const object = state.graph.getOf(type, uuid);
  if (object === undefined) throw new Refusal('ID_NOT_FOUND', `Object Not Found: ${uuid}`);
  if (!TYPES[type].refs.includes(target)) {
    throw new Refusal('BAD_REFERENCE', `Bad reference in ref-update: ${type} does not refer to ${target}`);
  }

  const others = (object.refs[target] ?? []).filter((ref) => ref.uuid !== targetUuid);
  const added: Reference[] = isAdd ? [{ uuid: targetUuid, attr: body['attr'] ?? null }] : [];
  const id_perms = changedIdPerms(object.properties['id_perms'], undefined, now);
  return check(state, object, {
    ...object,
    properties: { ...object.properties, id_perms },
    refs: keptReferences({ ...object.refs, [target]: [...others, ...added] }),
  });
}

/** Throws `Refusal` UNKNOWN_TYPE. */
export function readType(type: unknown): TypeName {
  if (isTypeName(type)) return type;
  throw new Refusal('UNKNOWN_TYPE', `Resource type '${plainText(type)}' not found`);
}

function readTarget(state: State, type: TypeName, body: Body, mustExist: boolean): string {
  const { 'ref-uuid': uuid, 'ref-fq-name': fqName } = body;
  if (typeof uuid === 'string' && uuid !== '') {
    if (mustExist && state.graph.getOf(type, uuid) === undefined) {
      throw new Refusal('ID_NOT_FOUND', `Object Not Found: ${uuid}`);
    }
    return uuid;
  }
  if (!Array.isArray(fqName)) {
    throw new Refusal('BAD_BODY', 'Bad Request: ref-uuid or ref-fq-name must be specified');
  }
  const names = fqName.map(String);
  const found = state.graph.uuidOf(type, names);
  if (found === undefined) throw new Refusal('NAME_NOT_FOUND', `Name ${prettyName(names)} not found`);
  return found;
}
