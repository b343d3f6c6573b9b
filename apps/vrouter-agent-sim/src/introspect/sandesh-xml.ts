/** The first thing in each answer. */
export const STYLESHEET_LINE = '<?xml-stylesheet type="text/xsl" href="/universal_parse.xsl"?>';

/** The types of Sandesh, the real agent's protocol for operators, that are needed here. */
export type SandeshType = 'string' | 'u32' | 'i16' | 'byte';

export interface SandeshField {
  readonly name: string;
  readonly type: SandeshType;
  readonly value: string | number;
}

export interface SandeshList {
  /** Of the answer. */
  readonly response: string;
  /** Of its one member, a list. */
  readonly member: string;
  /** Of the elements. */
  readonly element: string;
  readonly elements: readonly (readonly SandeshField[])[];
}

/** An answer with one list, as the tools that read the real agent's introspection expect it. */
export function listXml({ response, member, element, elements }: SandeshList): string {
  const items = elements.map((fields) => `<${element}>${fields.map(fieldXml).join('')}</${element}>`);
  return (
    `${STYLESHEET_LINE}<${response} type="sandesh"><${member} type="list" identifier="1">` +
    `<list type="struct" size="${elements.length}">${items.join('')}</list></${member}>` +
    `<more type="bool" identifier="0">false</more></${response}>`
  );
}

/** Fields are numbered from 1, in their order. */
function fieldXml({ name, type, value }: SandeshField, index: number): string {
  return `<${name} type="${type}" identifier="${index + 1}">${escaped(String(value))}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML cannot hold becomes a question mark. */
function escaped(text: string): string {
  return text.replace(
    /[&<>"']|[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    (char) => ENTITIES[char] ?? '?',
  );
}
