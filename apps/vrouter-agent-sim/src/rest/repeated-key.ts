import type { Problem } from '@vrouter/port-model';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const BRACE = 0x7b;
const SPACE = 0x20;

/**
 * The first key that stands twice in one object: readers differ in which of the two they take, so the client would
 * not know what it got. `text` is valid JSON and `json` what it means, an object or an array of objects.
 */
export function repeatedKey(text: string, json: unknown): Problem | undefined {
  const objects = (Array.isArray(json) ? json : [json]) as readonly object[];
  // What was parsed has each key once: with as many in the text none can stand there twice. That is quicker to see.
  const written = countKeys(text);
  const keyCount = objects.reduce((count, one) => count + Object.keys(one).length, 0);
  if (written.objectCount === objects.length && written.keyCount === keyCount) return undefined;
  return findRepeatedKey(text);
}

/** All keys of all objects, those inside others too. */
function countKeys(text: string): { readonly objectCount: number; readonly keyCount: number } {
  let objectCount = 0;
  let keyCount = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BRACE) objectCount += 1;
    if (code !== QUOTE) continue;
    at = closingQuote(text, at);
    while (text.charCodeAt(at + 1) <= SPACE) at += 1;
    if (text.charCodeAt(at + 1) === COLON) keyCount += 1;
  }
  return { objectCount, keyCount };
}

function closingQuote(text: string, openedAt: number): number {
  let at = openedAt + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** A string, which is a key when a colon follows, or the border of an object. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}]/g;

function findRepeatedKey(text: string): Problem | undefined {
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
