import { parsePorts, type Port, type Problem } from '@vrouter/port-model';
import type { ErrorCode } from '../errors.ts';

export type BodyResult =
  | { readonly ok: true; readonly ports: readonly Port[] }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly detail?: string;
      readonly problems?: readonly Problem[];
    };

/** The ports of a `POST /port` body, or what is wrong with it. */
export function portsOf(body: Buffer | undefined): BodyResult {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (text.trim() === '') return { ok: false, code: 'INVALID_JSON', detail: 'it is empty' };
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, code: 'INVALID_JSON', detail: (error as Error).message };
  }
  const parsed = parsePorts(json);
  if (!parsed.ok) return { ok: false, code: 'INVALID_PORT', problems: parsed.problems };
  const repeated = repeatedKey(text);
  if (repeated !== undefined) return { ok: false, code: 'INVALID_PORT', problems: [repeated] };
  return { ok: true, ports: parsed.value };
}

/** A string, which is a key when a colon follows, or the border of an object. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}]/g;

/**
 * The first key that stands twice in one object: readers differ in which of the two they take, so the client would
 * not know what it got. `text` is valid JSON, an object or an array of objects.
 */
function repeatedKey(text: string): Problem | undefined {
  const objects: Set<string>[] = [];
  let index = -1;
  for (const [token, key = '', colon] of text.matchAll(TOKEN)) {
    if (token === '{') {
      if (objects.length === 0) index += 1;
      objects.push(new Set());
    } else if (token === '}') {
      objects.pop();
    } else if (colon !== undefined) {
      const keys = objects.at(-1);
      const name = JSON.parse(`"${key}"`) as string;
      if (keys?.has(name) === true) {
        const place = text.trimStart().startsWith('[') ? { index } : {};
        return { ...place, field: name, expected: 'each key once in an object', got: 'it twice' };
      }
      keys?.add(name);
    }
  }
  return undefined;
}
