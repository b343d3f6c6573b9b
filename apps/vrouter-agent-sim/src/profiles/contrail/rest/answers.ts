import type { RawAnswer } from '../../../http/contrail/raw-answer.ts';
import type { Outcome } from '../../../ports/model.ts';
import { jsonString } from '../json/write.ts';

/** What a route answers with; `close`: not at all. */
export type Answer = RawAnswer | 'close';

export const DONE: RawAnswer = { status: 200, body: '{}' };
export const NOT_FOUND = refused(404, '{ Not Found }');
export const UNKNOWN_REQUEST = refused(404, 'Unknown Request');

/** How POST handlers refuse. `message` is a character per byte. */
export function refusedPost(message: string): RawAnswer {
  return refused(500, `{ ${message} }`);
}

/** How DELETE and PUT handlers refuse. */
export function refusedChange(message: string): RawAnswer {
  return refused(500, `{${message}}`);
}

/** For what the real agent has no limit for and we have: better no answer than a wrong one. */
export function isImpossible(outcome: Outcome): boolean {
  return !outcome.ok && (outcome.code === 'OVERLOADED' || outcome.code === 'STOPPING');
}

function refused(status: number, message: string): RawAnswer {
  const text = message.split('\0', 1)[0] ?? ''; // the real agent's strings end there
  return { status, body: `{"error":${jsonString(text)}}` };
}
