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
