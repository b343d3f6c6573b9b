import type { Problem } from '@vrouter/port-model';
import type { ChangeOutcome, ReadOutcome, Refused, Unavailable } from './outcome.ts';

const SHOWN_LENGTH_MAX = 120;

/**
 * Real agents answer 500 to what is wrong with a port as well as to what is wrong with themselves; only the text
 * tells. These are about the port. Left out on purpose, because they may pass: "Writing of Json string to file
 * failed", "Interface does not exist in OS", "Operation Not Supported".
 */
const VALIDATION_TEXTS = [
  /^Invalid or missing (data|field) for </,
  /^Invalid VN uuid/,
  /^Invalid MAC/,
  /^Invalid request\. RX/,
  /^(Invalid|Unexpected) Json string/,
  /^Incorrect Port type for/,
  // release 3
  /^Json string does not have all required members/,
  /^Json Array has invalid element/,
  /^Neither Ipv4 nor IPv6 address is correct/,
  /^[Ii]nvalid (port|instance|VN) uuid/,
];

const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 413, 422]);
const NOT_FOUND_TEXT = /^(Port )?Not found/i;

type Body = Readonly<Record<string, unknown>>;
type Failure = Exclude<ChangeOutcome, { kind: 'done' }>;

/** What a complete answer to a change means. Only status and body count, never the reason phrase or headers. */
export function classifyChange(status: number, text: string): ChangeOutcome {
  const body = parseObject(text);
  return failureOf(status, text, body) ?? { kind: 'done' };
}

/** What a complete answer to the reading of port `id` means. */
export function classifyRead(id: string, status: number, text: string): ReadOutcome {
  const body = parseObject(text);
  const failure = failureOf(status, text, body);
  if (failure !== undefined) return failure;
  // Agents before release 3.1 answer an empty object for a port that they do not know.
  if (body === undefined || Object.keys(body).length === 0) return { kind: 'not-found' };
  if (body['id'] === id) return { kind: 'found', port: { ...body, id } };
  return unavailable(status, `The agent answered with something else than port ${id}: ${shown(text)}`);
}

/** What it means that there was no complete answer. `sent`: something was written to the connection. */
export function classifyFailure(error: Error, sent: boolean, late = false): Unavailable {
  const { code } = error as { code?: unknown };
  const text = error.message === '' ? error.name : error.message;
  const reason = typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
  return { kind: 'unavailable', reason, sent, ...(late && { late }) };
}

/** Undefined for status 200 and a JSON object without `error`, the only success there is. */
function failureOf(status: number, text: string, body: Body | undefined): Failure | undefined {
  if (status === 200 && body !== undefined && !('error' in body)) return undefined;
  // Whoever answers 413, the agent or something before it: the same body will not get through.
  const error = errorText(body) ?? (status === 413 ? 'The body is too large' : undefined);
  if (status === 200 || error === undefined) {
    return unavailable(status, `The agent answered ${status} with ${shown(text)}`);
  }
  if (status === 404 && error.startsWith('Unknown Request')) return { kind: 'unknown-route' };
  if ((status === 404 || status === 500) && NOT_FOUND_TEXT.test(error)) return { kind: 'not-found' };
  const isValidation = status === 500 && VALIDATION_TEXTS.some((known) => known.test(error));
  if (isValidation || REFUSING_STATUSES.has(status)) return refused(status, error, body);
  return unavailable(status, `The agent answered ${status}: ${shown(error)}`);
}

function refused(status: number, message: string, body: Body | undefined): Refused {
  const details = problems(body?.['details']);
  return { kind: 'refused', status, message, ...(details !== undefined && { details }) };
}

function unavailable(status: number, reason: string): Unavailable {
  return { kind: 'unavailable', reason, sent: true, status };
}

/** Real agents wrap their texts in braces, with and without blanks. */
function errorText(body: Body | undefined): string | undefined {
  const text = body?.['error'];
  return typeof text === 'string' ? (/^\{\s*(.*?)\s*\}$/s.exec(text)?.[1] ?? text) : undefined;
}

function parseObject(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function problems(details: unknown): readonly Problem[] | undefined {
  return Array.isArray(details) && details.every(isProblem) ? details : undefined;
}

function isProblem(value: unknown): value is Problem {
  if (!isRecord(value)) return false;
  const { index } = value;
  const texts = [value['field'], value['expected'], value['got']];
  return (
    texts.every((text) => typeof text === 'string') && (index === undefined || typeof index === 'number')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(text: string): string {
  if (text === '') return 'nothing';
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}...` : text;
}
