/** Everything that can go wrong around the checks; what checks themselves find is a `Mismatch`. */
export const CONFORMANCE_ERRORS = {
  USAGE: { advice: 'Run with --help for the flags.' },
  UNREACHABLE: { advice: 'Check --url, and that the agent listens there.' },
  WIRE_CLOSED: { advice: 'The agent closed the connection instead of answering; its log may say why.' },
  WIRE_TIMEOUT: { advice: 'The agent did not answer in time; see whether it is busy or stuck.' },
  WIRE_MALFORMED: { advice: 'The agent sent something that is not an HTTP/1.1 answer with a known length.' },
  RESTART_FAILED: { advice: 'Run the restart command by hand and see why it fails.' },
} as const satisfies Record<string, { advice: string }>;

export type ConformanceErrorCode = keyof typeof CONFORMANCE_ERRORS;

export class ConformanceError extends Error {
  readonly code: ConformanceErrorCode;
  readonly advice: string;

  constructor(code: ConformanceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConformanceError';
    this.code = code;
    this.advice = CONFORMANCE_ERRORS[code].advice;
  }
}

/** The agent did something else than the check expects. */
export class Mismatch extends Error {
  readonly what: string;
  readonly expected: string;
  readonly got: string;

  constructor(what: string, expected: string, got: string) {
    super(`${what}: expected ${expected}, got ${got}`);
    this.name = 'Mismatch';
    this.what = what;
    this.expected = expected;
    this.got = got;
  }
}

/** The check found that it cannot be carried out here; `reason` says what stands in the way. */
export class CannotCheck extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CannotCheck';
  }
}
