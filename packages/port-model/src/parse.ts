import type { z } from 'zod';
import { Port } from './port.ts';

const SHOWN_LENGTH_MAX = 80;

/** One thing wrong with a request: which field, what it should have been, what came. */
export interface Problem {
  /** Position in the array, for arrays of ports. */
  readonly index?: number;
  /** Wire name, or `body` for the whole. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A port from `input` (already JSON), normalised; or every bad field of it. */
export function parsePort(input: unknown): Parsed<Port> {
  const result = Port.safeParse(input);
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, problems: problemsOf(result.error, input) };
}

/**
 * The ports of a `POST /port` body: an object or an array of them, all or none.
 * Problems of an array carry the index of their element.
 */
export function parsePorts(input: unknown): Parsed<readonly Port[]> {
  if (!Array.isArray(input)) {
    const one = parsePort(input);
    return one.ok ? { ok: true, value: [one.value] } : one;
  }
  const parsed = input.map((element) => parsePort(element));
  const problems = parsed.flatMap((one, index) =>
    one.ok ? [] : one.problems.map((problem) => ({ index, ...problem })),
  );
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: parsed.flatMap((one) => (one.ok ? [one.value] : [])) };
}

/** One line for people: `mac-address: expected a MAC address ..., got "x"`. */
export function problemText(problem: Problem): string {
  const place = problem.index === undefined ? '' : `element ${problem.index}: `;
  return `${place}${problem.field}: expected ${problem.expected}, got ${problem.got}`;
}

/** The first problem of each field, in field order of the schema. */
function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  const byField = new Map<string, Problem>();
  for (const issue of error.issues) {
    const field = issue.path.length === 0 ? 'body' : String(issue.path[0]);
    if (byField.has(field)) continue;
    const expected = field === 'body' ? 'a JSON object with the fields of a port' : issue.message;
    byField.set(field, {
      field,
      expected,
      got: shown(field === 'body' ? input : (input as Record<string, unknown>)[field]),
    });
  }
  return [...byField.values()];
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}...` : text;
}
