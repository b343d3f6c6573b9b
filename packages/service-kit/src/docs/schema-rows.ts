import { z } from 'zod';

/** One key of a file that a schema describes. */
export interface SchemaRow {
  /** `timeouts.connectMs`, `agents[].name`. */
  readonly key: string;
  readonly type: string;
  /** In backticks, or `required`, or empty. */
  readonly fallback: string;
  readonly description: string;
}

/** The part of JSON Schema that zod makes of our schemas. */
interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
}

const TYPES: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false' };

/**
 * The keys of `schema`, in its order. JSON Schema drops the defaults of what is transformed, so those are read from
 * what `schema` makes of the `smallest` inputs that it takes.
 */
export function schemaRows(schema: z.ZodType, smallest: readonly unknown[] = []): SchemaRow[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return rowsOf(
    json,
    '',
    smallest.map((input) => schema.parse(input)),
  );
}

function rowsOf(
  { properties = {}, required = [] }: JsonSchema,
  prefix: string,
  values: readonly unknown[],
): SchemaRow[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = `${prefix}${name}`;
    const below = values.map((value) => (value as Record<string, unknown> | undefined)?.[name]);
    const row = { key, type: typeOf(schema), description: schema.description ?? '' };
    if (schema.oneOf !== undefined) return variantRows(schema.oneOf, key, below);
    if (schema.properties !== undefined) {
      const own = row.description === '' ? [] : [{ ...row, fallback: '' }];
      return [...own, ...rowsOf(schema, `${key}.`, below)];
    }
    const fallback = fallbackOf(schema, below, required.includes(name));
    if (schema.items?.properties === undefined) return [{ ...row, fallback }];
    const elements = below.map((value) => (Array.isArray(value) ? value[0] : undefined));
    return [{ ...row, fallback }, ...rowsOf(schema.items, `${key}[].`, elements)];
  });
}

/** The keys of each variant of an object, which its `kind` tells apart. */
function variantRows(variants: readonly JsonSchema[], key: string, values: readonly unknown[]): SchemaRow[] {
  const kinds = variants.map(({ properties }) => properties?.['kind']?.const ?? '');
  return [
    { key: `${key}.kind`, type: alternatives(kinds), fallback: 'required', description: '' },
    ...variants.flatMap((variant, index) => {
      const kind = kinds[index] ?? '';
      const ofKind = values.filter((value) => (value as { kind?: unknown } | undefined)?.kind === kind);
      return rowsOf(variant, `${key}.`, ofKind)
        .filter((row) => row.key !== `${key}.kind`)
        .map((row) => ({ ...row, description: `With \`kind: ${kind}\`. ${row.description}` }));
    }),
  ];
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return alternatives(schema.enum);
  if (schema.title !== undefined) return schema.title;
  if (schema.items !== undefined) return 'list';
  if (schema.properties !== undefined) return 'keys';
  const type = TYPES[schema.type ?? ''] ?? schema.type ?? '';
  return schema.examples === undefined ? type : `${type}, such as \`${String(schema.examples[0])}\``;
}

function alternatives(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}

function fallbackOf(schema: JsonSchema, values: readonly unknown[], isRequired: boolean): string {
  if (schema.default !== undefined) return `\`${textOf(schema.default)}\``;
  if (isRequired) return 'required';
  const value = values.find((one) => one !== undefined);
  return value === undefined ? '' : `\`${textOf(value)}\``;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
