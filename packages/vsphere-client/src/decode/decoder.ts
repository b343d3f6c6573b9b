import type { XmlElement } from '../xml/element.ts';

/** How one type of managed object becomes a record: what it is before anything is known, and what each property says. */
export interface Decoder<Fields> {
  readonly blank: (ref: string) => Fields;
  /** By property path; the value is undefined when the property is not set. */
  readonly properties: Readonly<Record<string, (value: XmlElement | undefined) => Partial<Fields>>>;
}

/** A change of one property, as vCenter reports it. */
export interface PropertyChange {
  readonly name: string;
  readonly value: XmlElement | undefined;
}

export function decodeFields<Fields>(
  decoder: Decoder<Fields>,
  changes: readonly PropertyChange[],
): Partial<Fields> {
  const fields: Partial<Fields> = {};
  for (const { name, value } of changes) Object.assign(fields, decoder.properties[name]?.(value));
  return fields;
}
