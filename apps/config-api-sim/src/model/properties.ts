import { Refusal } from '../errors.ts';
import { isFields } from './permissions.ts';
import { pythonText } from './python-text.ts';
import { COMMON_PROPERTIES, TYPES, type PropertyKind, type TypeName } from './types.ts';

/** The properties of `body` that the type has; `where` is `create` or `http_put`. Throws `Refusal` BAD_PROPERTY. */
export function readProperties(
  type: TypeName,
  body: Readonly<Record<string, unknown>>,
  where: string,
): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries({ ...COMMON_PROPERTIES, ...TYPES[type].properties })) {
    if (!Object.hasOwn(body, name)) continue;
    const value = body[name];
    const problem = value === null ? undefined : PROBLEMS[kind](name, value);
    if (problem !== undefined) throw new Refusal('BAD_PROPERTY', `Bad property in ${where}: ${problem}`);
    properties[name] = value;
  }
  return properties;
}

const simple = (name: string, expected: string, value: unknown): string =>
  `Error validating property ${name}: ${expected} expected instead of ${pythonText(value)}`;

const PROBLEMS: Readonly<Record<PropertyKind, (name: string, value: unknown) => string | undefined>> = {
  boolean: (name, value) => (typeof value === 'boolean' ? undefined : simple(name, 'true/false', value)),
  integer: (name, value) => (Number.isInteger(value) ? undefined : simple(name, 'integer value', value)),
  string: (name, value) => (typeof value === 'string' ? undefined : simple(name, 'string value', value)),
  object: (name, value) =>
    isFields(value) ? undefined : `Error in property ${name} type object value of ${pythonText(value)} `,
};
