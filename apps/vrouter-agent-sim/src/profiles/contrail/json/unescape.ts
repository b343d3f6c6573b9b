const ESCAPE = /\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)/g;
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * The text that a JSON string stands for; `raw` is what stands between the quotes, a character per byte. undefined
 * when it has half of a surrogate pair.
 */
export function unescaped(raw: string): string | undefined {
  if (!/[\\\u0080-\u00ff]/.test(raw)) return raw;
  let isWhole = true;
  const bytes = raw.replace(ESCAPE, (_all, high?: string, low?: string, code?: string, char?: string) => {
    if (char !== undefined) return SHORT[char] ?? char;
    if (high !== undefined) return bytesOf(fromHex(high) + fromHex(low ?? ''));
    const unit = fromHex(code ?? '');
    if (/[\ud800-\udfff]/.test(unit)) isWhole = false;
    return bytesOf(unit);
  });
  return isWhole ? Buffer.from(bytes, 'latin1').toString('utf8') : undefined;
}

/** The UTF-8 bytes of `text`, a character per byte. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function fromHex(code: string): string {
  return String.fromCharCode(parseInt(code, 16));
}
