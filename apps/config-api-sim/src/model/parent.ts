import { Refusal } from '../errors.ts';
import { plainText, prettyName, pythonText, quoted } from './python-text.ts';
import type { State } from './state.ts';
import type { StoredObject } from './stored-object.ts';
import { TYPES, type TypeName } from './types.ts';

/** The parent that a new object names. Undefined: it has none. Throws `Refusal` BAD_PARENT. */
export function readParent(
  state: State,
  type: TypeName,
  fqName: readonly string[],
  asked: unknown,
): StoredObject | undefined {
  const parentType = parentTypeOf(type, asked);
  if (parentType === undefined) {
    if (fqName.length === 1) return undefined;
    throw refuse(`Invalid fq-name of an object with no parent: ${pythonText(fqName)}`);
  }
  if (fqName.length < 2) {
    throw refuse(`Invalid fq-name for object with parent_type ${parentType}: ${pythonText(fqName)}`);
  }
  const parentName = fqName.slice(0, -1);
  const uuid = state.graph.uuidOf(parentType, parentName);
  const parent = uuid === undefined ? undefined : state.graph.get(uuid);
  if (parent === undefined)
    throw refuse(`Parent ${prettyName(parentName)} type ${parentType} does not exist`);
  return parent;
}

function parentTypeOf(type: TypeName, asked: unknown): TypeName | undefined {
  const { parents } = TYPES[type];
  const allowed = `[${parents.map(quoted).join(', ')}]`;
  if (asked === undefined || asked === null || asked === 'config-root') {
    if (parents.length > 1) throw refuse(`Missing parent type: None. Allowed types: ${allowed}`);
    return parents[0];
  }
  const parentType = parents.find((name) => name === asked);
  if (parentType === undefined) {
    throw refuse(`Invalid parent type: ${plainText(asked)}. Allowed types: ${allowed}`);
  }
  return parentType;
}

const refuse = (text: string): Refusal => new Refusal('BAD_PARENT', text);
