const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** `text` as a JSON string the way the real agent writes it: only what must be is escaped, in upper-case hex. */
export function jsonString(text: string): string {
  return `"${text.replace(/["\\]|[^ -\uffff]/g, escaped)}"`;
}

export type Member = readonly [key: string, value: string | number | boolean | readonly string[]];

/** An object over several lines, members in the given order: 4 blanks, `"key": value`, no newline at the end. */
export function prettyObject(members: readonly Member[]): string {
  const lines = members.map(([key, value]) => `    ${jsonString(key)}: ${prettyValue(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

function prettyValue(value: Member[1]): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `[\n${value.map((one) => `        ${jsonString(one)}`).join(',\n')}\n    ]`;
}

function escaped(char: string): string {
  const hex = char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
  return SHORT[char] ?? `\\u00${hex}`;
}
