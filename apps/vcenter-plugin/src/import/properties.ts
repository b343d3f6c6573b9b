import { parseLines } from 'dot-properties';

/** The keys of a Java properties file. As in Java the last of two equal keys counts; an empty value is none. */
export function readProperties(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of parseLines(text)) {
    if (!Array.isArray(line)) continue;
    const [key = '', value = ''] = line;
    values.set(key, value.trim());
  }
  return new Map([...values].filter(([, value]) => value !== ''));
}
