import { problemText, type Problem } from './parse.ts';
import type { Operation } from './routes.ts';

/**
 * Every error that the agent's REST API can answer with in the `blueprint` profile: the status, the text that
 * starts `error`, and what the one who reads it should do. The docs page is made from this table.
 */
export const REST_ERRORS = {
  INVALID_JSON: {
    status: 400,
    text: 'The body is not JSON',
    advice: 'Send a JSON object, or an array of objects, in UTF-8.',
  },
  INVALID_PORT: {
    status: 400,
    text: 'Invalid port',
    advice:
      'Mend the fields named in `details`; nothing was changed. In an array, `index` names the element.',
  },
  INVALID_PORT_ID: {
    status: 400,
    text: 'Invalid port id in the path',
    advice: 'Use the guid that the port was added with.',
  },
  INCORRECT_PORT_TYPE: {
    status: 400,
    text: 'Incorrect Port type',
    advice: 'Only ports of type 2 can be enabled and disabled; others are always enabled.',
  },
  UNKNOWN_ROUTE: {
    status: 404,
    text: 'Unknown Request',
    advice: 'Check method and path against the OpenAPI document.',
  },
  PORT_NOT_FOUND: {
    status: 404,
    text: 'Port Not found',
    advice: 'Add the port first. It may have been swept after a sync that nobody followed with an add.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    text: 'The request took too long to arrive',
    advice: 'Send the whole request at once.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    text: 'The body is too large',
    advice: 'Send at most 64 ports per array.',
  },
  NOT_SAVED: {
    status: 500,
    text: 'The change could not be saved',
    advice:
      'Nothing was changed. Free space or repair the state folder on the host of the agent, then send it again.',
  },
  STOPPING: {
    status: 503,
    text: 'The agent is stopping',
    advice: 'Send it again once the agent is back.',
  },
  OVERLOADED: {
    status: 503,
    text: 'Too many requests are waiting',
    advice: 'Send it again later, with fewer requests at a time.',
  },
} as const satisfies Record<string, { status: number; text: string; advice: string }>;

export type RestErrorCode = keyof typeof REST_ERRORS;

const CHANGE_ERRORS = ['NOT_SAVED', 'STOPPING', 'OVERLOADED'] as const;
const LINK_ERRORS = ['INVALID_PORT_ID', 'INCORRECT_PORT_TYPE', 'PORT_NOT_FOUND', ...CHANGE_ERRORS] as const;

/** What each operation can answer with instead of success. */
export const OPERATION_ERRORS: Readonly<Record<Operation, readonly RestErrorCode[]>> = {
  add: ['INVALID_JSON', 'INVALID_PORT', 'REQUEST_TIMEOUT', 'BODY_TOO_LARGE', ...CHANGE_ERRORS],
  delete: ['INVALID_PORT_ID', ...CHANGE_ERRORS],
  get: ['INVALID_PORT_ID', 'PORT_NOT_FOUND'],
  sync: ['REQUEST_TIMEOUT', 'BODY_TOO_LARGE', ...CHANGE_ERRORS],
  enable: LINK_ERRORS,
  disable: LINK_ERRORS,
};

/** The body of every answer that is not a success. */
export interface ErrorBody {
  readonly error: string;
  readonly details?: readonly Problem[];
}

/** The body for `code`; `detail` is appended to its text, `problems` become its details. */
export function errorBody(code: RestErrorCode, detail?: string, problems?: readonly Problem[]): ErrorBody {
  const more = detail ?? (problems?.[0] === undefined ? undefined : problemText(problems[0]));
  const error = more === undefined ? REST_ERRORS[code].text : `${REST_ERRORS[code].text}: ${more}`;
  return problems === undefined ? { error } : { error, details: problems };
}
