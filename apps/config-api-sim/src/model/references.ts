import { Refusal } from '../errors.ts';
import { isFields } from './permissions.ts';
import { pythonText } from './python-text.ts';
import type { State } from './state.ts';
import type { Reference } from './stored-object.ts';
import { refsField, TYPES, type TypeName } from './types.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * The references that `body` sets, by type; an empty list where it takes them away. Targets are named by uuid, or by
 * fq_name in `to`. Throws `Refusal` BAD_REFERENCE. `where`: `create` or `http_put`; `what`: how the text goes on.
 */
export function readReferences(
  state: State,
  type: TypeName,
  body: Body,
  where: string,
  what: string,
): Partial<Record<TypeName, readonly Reference[]>> {
  const found: Partial<Record<TypeName, readonly Reference[]>> = {};
  for (const target of TYPES[type].refs) {
    const field = refsField(target);
    if (!Object.hasOwn(body, field)) continue;
    const given = body[field] ?? [];
    if (!Array.isArray(given) || !given.every(isFields)) {
      throw new Refusal('BAD_REFERENCE', `Bad reference in ${where}: ${field} is not a list of references`);
    }
    const refs = new Map<string, Reference>();
    for (const ref of given) {
      const uuid = findTarget(state, target, ref);
      if (uuid === undefined) throw new Refusal('BAD_REFERENCE', `Unknown reference in resource ${what}.`);
      refs.set(uuid, { uuid, attr: ref['attr'] ?? null });
    }
    found[target] = [...refs.values()];
  }
  return found;
}

/** How the server goes on after "Unknown reference in resource". */
export const inCreate = (body: Body): string => `create ${pythonText(body)}`;
export const inUpdate = (type: TypeName, body: Body): string =>
  `update ${type.replaceAll('-', '_')} ${pythonText(body)}`;

function findTarget(state: State, type: TypeName, ref: Body): string | undefined {
  const { uuid, to } = ref;
  if (typeof uuid === 'string') return state.graph.getOf(type, uuid)?.uuid;
  return Array.isArray(to) ? state.graph.uuidOf(type, to.map(String)) : undefined;
}

/** Without empty lists, as references are kept. */
export function keptReferences(
  refs: Partial<Record<TypeName, readonly Reference[]>>,
): Partial<Record<TypeName, readonly Reference[]>> {
  return Object.fromEntries(Object.entries(refs).filter(([, list]) => list.length > 0));
}
