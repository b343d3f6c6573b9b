import type { XmlElement } from '../xml/element.ts';

/** vCenter writes three characters of an object's name as `%2f`, `%5c` and `%25`. */
export function displayName(value: XmlElement | undefined): string {
  return (value?.text ?? '').replaceAll(/%(2f|5c|25)/giu, (escape) => decodeURIComponent(escape));
}

/** One of the words that we know, or `unknown`. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  value: XmlElement | undefined,
): Word | 'unknown' {
  return words.find((word) => word === value?.text) ?? 'unknown';
}

/** The text of a value; absent and empty are the same to vCenter. */
export function optionalText(value: XmlElement | undefined): string | undefined {
  return value === undefined || value.text === '' ? undefined : value.text;
}

/** MACs are compared, and vCenter keeps the case that somebody typed. */
export function macAddress(text: string | undefined): string | undefined {
  return text?.trim().toLowerCase();
}
