/** Wider lists are written one element a line. */
const WIDTH = 80;

/** A value as the real server, a Python 2 program, prints what it read from JSON. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `u${quoted(value)}`;
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${pythonText(key)}: ${pythonText(item)}`);
  return `{${entries.join(', ')}}`;
}

/** As Python's `%s` prints it: texts as they are. */
export const plainText = (value: unknown): string => (typeof value === 'string' ? value : pythonText(value));

/** As Python's `pformat` prints a name: on one line if it fits, else an element a line. */
export function prettyName(fqName: readonly string[]): string {
  const line = pythonText(fqName);
  return line.length < WIDTH ? line : `[${fqName.map(pythonText).join(',\n ')}]`;
}

/** A text without the mark of Unicode, as Python prints what it made itself. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"\p{Cc}\u0080-\u{10ffff}]/gu, (character) => {
    if (character === '\\') return '\\\\';
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
    return NAMED[character] ?? numbered(character.codePointAt(0) ?? 0);
  });
  return `${quote}${escaped}${quote}`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function numbered(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
