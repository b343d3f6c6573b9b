import {
  errorBody,
  REST_ERRORS,
  type ErrorBody,
  type Problem,
  type RestErrorCode,
} from '@vrouter/port-model';

/** Answers that are about HTTP itself, before a request reaches the port API. */
export const TRANSPORT_ERRORS = {
  MALFORMED_HTTP: {
    status: 400,
    text: 'The request is not HTTP/1.1',
    advice: 'Look at the bytes that the client, or something between, really sends.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    text: 'The headers are too large',
    advice: 'Send at most 16 KiB of headers.',
  },
  DEFECT: {
    status: 500,
    text: 'The agent has a defect',
    advice: 'Nothing is known about the change; read the port. The log has the details: report them.',
  },
} as const satisfies Record<string, { status: number; text: string; advice: string }>;

/** Answers of the admin API. */
export const ADMIN_ERRORS = {
  BAD_BODY: {
    status: 400,
    text: 'The body is not what this route takes',
    advice: 'Mend what the text names; nothing was changed.',
  },
  BAD_SINCE: {
    status: 400,
    text: 'since must be the number of a request that came',
    advice:
      'Ask with the seq of the last request that you know, or without since for all that are remembered.',
  },
  REQUESTS_DROPPED: {
    status: 410,
    text: 'Some of these requests are no longer remembered',
    advice: 'Ask more often, or set requestsRemembered higher; without since you get what there is.',
  },
  AGENT_UNNAMED: {
    status: 404,
    text: 'There are several agents here: say which, as in /agents/NAME/admin/...',
    advice: 'Take the name from the ready file, or from GET /agents.',
  },
  STILL_WORKING: {
    status: 503,
    text: 'The work that is due goes on',
    advice:
      'Look for slow disks and for faults that hold it up; the clock was set as far as the work was done.',
  },
} as const satisfies Record<string, { status: number; text: string; advice: string }>;

export type AdminErrorCode = keyof typeof ADMIN_ERRORS;

/** Status and body for an error of the admin API; `detail` is appended to the text. */
export function adminErrorAnswer(code: AdminErrorCode, detail?: string): ErrorAnswer {
  const { status, text } = ADMIN_ERRORS[code];
  return { status, body: { error: detail === undefined ? text : `${text}: ${detail}` } };
}

export type ErrorCode = RestErrorCode | keyof typeof TRANSPORT_ERRORS;

export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
}

/** Status and body for `code`; `detail` is appended to the text, `problems` become the details. */
export function errorAnswer(code: ErrorCode, detail?: string, problems?: readonly Problem[]): ErrorAnswer {
  if (isRestCode(code)) return { status: REST_ERRORS[code].status, body: errorBody(code, detail, problems) };
  return { status: TRANSPORT_ERRORS[code].status, body: { error: TRANSPORT_ERRORS[code].text } };
}

function isRestCode(code: ErrorCode): code is RestErrorCode {
  return code in REST_ERRORS;
}
