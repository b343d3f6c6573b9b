import type { z } from 'zod';
import { plainPort } from './plain-port.ts';
import { Port } from './port.ts';

const SHOWN_LENGTH_MAX = 80;
/** An array of nothing but mistakes must not be answered with more than it was. */
const PROBLEMS_MAX = 100;

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
  const plain = plainPort(input);
  if (plain !== undefined) return { ok: true, value: plain };
  const result = Port.safeParse(input);
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, problems: problemsOf(result.error, input) };
}

/**
 * The ports of a `POST /port` body: an object or an array of them, all or none.
 * Problems of an array carry the index of their element; the first 100 are told.
 */
export function parsePorts(input: unknown): Parsed<readonly Port[]> {
  if (!Array.isArray(input)) {
    const one = parsePort(input);
    return one.ok ? { ok: true, value: [one.value] } : one;
  }
  const ports: Port[] = [];
  const problems: Problem[] = [];
  for (const [index, element] of input.entries()) {
    const one = parsePort(element);
    if (one.ok) ports.push(one.value);
    else problems.push(...one.problems.map((problem) => ({ index, ...problem })));
    if (problems.length >= PROBLEMS_MAX) break;
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, PROBLEMS_MAX) };
  return { ok: true, value: ports };
}

/** One line for people: `mac-address: expected a MAC address ..., got "x"`. */
export function problemText(problem: Problem): string {
  const place = problem.index === undefined ? '' : `element ${problem.index}: `;
  return `${place}${problem.field}: expected ${problem.expected}, got ${problem.got}`;
}

const FIELD_ORDER = Object.keys(Port.shape);

/** One problem of each field, in field order of the schema. */
function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  const byField = new Map<string, Problem>();
  for (const issue of error.issues) {
    const [name] = issue.path;
    const problem =
      name === undefined
        ? { field: 'body', expected: 'a JSON object with the fields of a port', got: shown(input) }
        : {
            field: String(name),
            expected: issue.message,
            got: shown((input as Record<PropertyKey, unknown>)[name]),
          };
    byField.set(problem.field, problem);
  }
  return [...byField.values()].sort((a, b) => FIELD_ORDER.indexOf(a.field) - FIELD_ORDER.indexOf(b.field));
}

/** What came, in few words; anything can come, and it can be long. */
function shown(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return value.length <= SHOWN_LENGTH_MAX
        ? JSON.stringify(value)
        : `${JSON.stringify(value.slice(0, SHOWN_LENGTH_MAX))}...`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
    case 'bigint':
    case 'function':
    case 'symbol':
      return `a ${typeof value}`; // JSON has none of these
  }
}
