import { OBJECT_TYPES, type ObjectOf } from '@vrouter/config-api-client';
import type { PicturedType } from '../picture.ts';

/** An object as a reading would show it, from what was written; the uuid of what it names only is not known. */
export function asRead<T extends PicturedType>(
  type: T,
  written: Readonly<Record<string, unknown>>,
): ObjectOf<T> {
  const fields = Object.entries(written).map(([key, value]) => [
    key,
    isLinks(key, value) ? shown(value) : value,
  ]);
  return OBJECT_TYPES[type].parse(Object.fromEntries(fields)) as ObjectOf<T>;
}

function isLinks(key: string, value: unknown): value is readonly object[] {
  return key.endsWith('_refs') && Array.isArray(value);
}

function shown(links: readonly object[]): readonly object[] {
  return links.map((link) => ({ uuid: '', ...link }));
}
