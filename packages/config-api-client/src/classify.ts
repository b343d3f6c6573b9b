import type { HttpFailure } from './http/exchange.ts';
import type { Conflict, Failure, Hindrance, Unavailable } from './outcome.ts';

const SHOWN_LENGTH_MAX = 200;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * The server's words for an object that is not there. Any other 404 is somebody else's, such as a proxy's: taken for
 * this one it would look as if the object had been deleted.
 */
const NOT_FOUND_TEXTS = [
  /^Unknown id/i,
  /^ID \S+ does not exist/,
  /^No \S+ object found for id/,
  /^Name \[.*\] not found/s,
  /^UUID \S+ not found/i,
  /^Object Not Found/,
  /^This object is not visible by users/,
];
const NAME_EXISTS = new RegExp(`already exists with uuid: (${UUID})`);
const UUID_EXISTS = new RegExp(`(${UUID}) already exists with fq_name:`);
const HINDRANCE = new RegExp(`/([a-z][a-z-]*)/(${UUID})`, 'g');

/** What an answer means that is no success. */
export function classifyAnswer(status: number, text: string): Failure {
  const message = shown(text);
  switch (status) {
    case 400:
    case 413:
    case 422:
      return { kind: 'refused', status, message };
    case 401:
    case 403:
      return { kind: 'unauthorised', message: `${status}: ${message}` };
    case 404:
      if (NOT_FOUND_TEXTS.some((known) => known.test(text))) return { kind: 'not-found', message };
      // An older or smaller server: it will not learn the type.
      if (text.startsWith('Resource type ')) return { kind: 'refused', status, message };
      return badAnswer(status, text);
    case 409:
      return classifyConflict(text, message);
    default:
      return badAnswer(status, text);
  }
}

function classifyConflict(text: string, message: string): Failure {
  if (text.startsWith('Delete when children still present')) {
    return { kind: 'children-present', children: hindrances(text), message };
  }
  if (text.startsWith('Delete when resource still referred')) {
    return { kind: 'still-referred', referrers: hindrances(text), message };
  }
  const conflict = (over: Conflict['over'], uuid?: string): Conflict => ({
    kind: 'conflict',
    over,
    ...(uuid !== undefined && { uuid }),
    message,
  });
  const byName = NAME_EXISTS.exec(text)?.[1];
  if (byName !== undefined) return conflict('name', byName);
  const byUuid = UUID_EXISTS.exec(text)?.[1];
  if (byUuid !== undefined) return conflict('uuid', byUuid);
  return conflict(/^Ip address already in use/i.test(text) ? 'address' : 'other');
}

/** What it means that there was no complete answer. */
export function classifyFailure({ reason, sent, late }: HttpFailure): Unavailable {
  return { kind: 'unavailable', reason, sent, ...(late && { late }) };
}

/** An answer that makes no sense here. */
export function badAnswer(status: number, text: string): Unavailable {
  const reason = `The server answered ${status}: ${shown(text)}`;
  return { kind: 'unavailable', reason, sent: true, status };
}

function hindrances(text: string): Hindrance[] {
  return [...text.matchAll(HINDRANCE)].map(([, type = '', uuid = '']) => ({ type, uuid }));
}

function shown(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'nothing';
  return trimmed.length > SHOWN_LENGTH_MAX ? `${trimmed.slice(0, SHOWN_LENGTH_MAX)}...` : trimmed;
}
