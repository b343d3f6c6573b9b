/** Everything the test kit can complain of: what happened is in the message, what to do is here. */
export const TESTKIT_ERRORS = {
  WAIT_TIMED_OUT: {
    advice: 'Look at the last value in the message; raise timeoutMs only if the wait is honest.',
  },
  PROCESS_NOT_STARTED: { advice: 'Check the path of the program and that this user may run it.' },
  PROCESS_EXITED_EARLY: { advice: 'Its last words are in the message.' },
  PROCESS_NOT_READY: { advice: 'Its last words are in the message; it never wrote its ready file.' },
  PROCESS_DID_NOT_STOP: { advice: 'It ignored SIGTERM and was killed: look for a handle it never closed.' },
  CLOCK_RAN_AWAY: { advice: 'A timer schedules itself again without delay.' },
  BAD_ARGUMENT: { advice: 'Mend the call in the test.' },
} as const satisfies Record<string, { advice: string }>;

export type TestkitErrorCode = keyof typeof TESTKIT_ERRORS;

export class TestkitError extends Error {
  override readonly name = 'TestkitError';
  readonly code: TestkitErrorCode;

  constructor(code: TestkitErrorCode, message: string, options?: ErrorOptions) {
    super(`${message} (${TESTKIT_ERRORS[code].advice})`, options);
    this.code = code;
  }
}
