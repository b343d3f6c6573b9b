/** A managed object reference. */
export interface Reference {
  readonly type: string;
  readonly value: string;
}

const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
export const NAMESPACES = `xmlns:xsi="${SCHEMA_INSTANCE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"`;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** An element with text in it. */
export function element(name: string, content: string | number | boolean): string {
  const escaped = String(content).replaceAll(/[&<>"]/gu, (character) => ESCAPES[character] ?? character);
  return `<${name}>${escaped}</${name}>`;
}

/** An element that refers to a managed object. */
export function reference(name: string, to: Reference): string {
  return `<${name} type="${to.type}">${to.value}</${name}>`;
}

export function envelope(method: string, self: Reference, args: string): string {
  return (
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ${NAMESPACES}>` +
    `<soapenv:Body><${method} xmlns="urn:vim25">${reference('_this', self)}${args}</${method}></soapenv:Body></soapenv:Envelope>`
  );
}

/** The text of the first element of that name; empty when there is none. */
export function text(answer: string, name: string): string {
  return new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)<`, 'u').exec(answer)?.[1] ?? '';
}
