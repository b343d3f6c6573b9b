type Schema = Readonly<Record<string, unknown>>;

/**
 * JSON Schema of values like `sample`, which is also its example. Of objects, `required` (absent: all) must be there;
 * others are fine, too.
 */
export function schemaOf(sample: unknown, required?: readonly string[]): Schema {
  return { ...typeOf(sample, required), examples: [sample] };
}

function typeOf(sample: unknown, required?: readonly string[]): Schema {
  if (Array.isArray(sample)) return { type: 'array', items: typeOf(sample[0], required) };
  if (typeof sample === 'number') return { type: 'integer' };
  if (typeof sample !== 'object' || sample === null) return { type: typeof sample };
  const properties = Object.entries(sample).map(([key, value]) => [key, typeOf(value)]);
  return {
    type: 'object',
    required: required ?? Object.keys(sample),
    properties: Object.fromEntries(properties),
  };
}
