const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ESCAPES[character] ?? character);
}

/** An element with text. */
export function textElement(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** A managed object's name on the wire. */
export interface Reference {
  readonly type: string;
  readonly value: string;
}

/** An element that points to a managed object. */
export function referenceElement(name: string, to: Reference): string {
  return `<${name} type="${escapeXml(to.type)}">${escapeXml(to.value)}</${name}>`;
}
