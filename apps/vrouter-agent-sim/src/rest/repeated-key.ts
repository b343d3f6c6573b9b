import type { Problem } from '@vrouter/port-model';

const QUOTE = 0x22;
const SPACE = 0x20;

/**
 * The first key that stands twice in one object: readers differ in which of the two they take, so the client would
 * not know what it got. `text` is valid JSON and `json` what it means, an object or an array of objects.
 */
export function repeatedKey(text: string, json: unknown): Problem | undefined {
  const objects = (Array.isArray(json) ? json : [json]) as readonly object[];
  const parsedCount = objects.reduce((count, one) => count + Object.keys(one).length, 0);
  // What was parsed has each key once: with no more in the text none can stand there twice. That is quicker to see.
  return countKeysAtMost(text) === parsedCount ? undefined : findRepeatedKey(text);
}

/** Counts the keys of all objects, those inside others too, and maybe a text that looks like the end of one. */
function countKeysAtMost(text: string): number {
  let count = 0;
  for (let colonAt = text.indexOf(':'); colonAt !== -1; colonAt = text.indexOf(':', colonAt + 1)) {
    let at = colonAt - 1;
    while (text.charCodeAt(at) <= SPACE) at -= 1;
    if (text.charCodeAt(at) === QUOTE) count += 1;
  }
  return count;
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
