import { faultAnswer } from './soap-fault.ts';
import type { Answer, Call, Fault } from './fault.ts';

const OBJECT_SET = /<objectSet>.*?<\/objectSet>/gsu;
const TOKEN = /<version>(page-\d+)<\/version>/u;
const PAGES_KEPT_MAX = 10_000;

/**
 * Updates come in pages of `objectsMax`, as a busy vCenter sends them: each but the last is truncated and has a version of
 * its own to go on from. A version that is not known, as after a lost session, is an invalid one.
 */
export function paged(objectsMax: number): Fault {
  const waiting = new Map<string, string>();
  let number = 0;
  return {
    instead(call) {
      const token = TOKEN.exec(call.body)?.[1];
      if (token === undefined) return undefined;
      const body = waiting.get(token);
      waiting.delete(token);
      return body === undefined ? faultAnswer('InvalidCollectorVersion') : { status: 200, body };
    },
    change(call: Call, answer: Answer) {
      const sets = call.method === 'WaitForUpdatesEx' ? answer.body.match(OBJECT_SET) : null;
      if (sets === null || sets.length <= objectsMax) return answer;
      const pages: string[] = [];
      for (let from = 0; from < sets.length; from += objectsMax) {
        pages.push(withSets(answer.body, sets.slice(from, from + objectsMax)));
      }
      const [first = answer.body, ...others] = pages.map((page, index) =>
        index === pages.length - 1 ? page : truncated(page, `page-${number + index}`),
      );
      others.forEach((page, index) => waiting.set(`page-${number + index}`, page));
      number += pages.length;
      if (waiting.size > PAGES_KEPT_MAX) waiting.clear();
      return { ...answer, body: first };
    },
  };
}

/** The answer with these object sets in place of all of its own. */
function withSets(body: string, sets: readonly string[]): string {
  const start = body.indexOf('<objectSet>');
  const end = body.lastIndexOf('</objectSet>') + '</objectSet>'.length;
  return body.slice(0, start) + sets.join('') + body.slice(end);
}

function truncated(body: string, version: string): string {
  return body
    .replace(/<version>[^<]*<\/version>/u, `<version>${version}</version>`)
    .replace('</returnval>', '<truncated>true</truncated></returnval>');
}
