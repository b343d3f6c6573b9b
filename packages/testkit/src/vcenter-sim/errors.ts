/** What can go wrong around the vCenter simulator; the message tells what happened, the advice what to do. */
export const VCENTER_SIM_ERRORS = {
  UNAVAILABLE: { advice: 'Without VROUTER_REQUIRE_ALL=1 the tests that need it are skipped.' },
  NOT_BUILT: { advice: "The Go compiler's words are in the message." },
  NOT_STARTED: { advice: "The simulator's last words are in the message." },
  NOT_RUNNING: { advice: 'Call restart() first.' },
  REFUSED: { advice: 'The simulator did not do what the test asked; its fault is in the message.' },
  WRONG_NAME: { advice: 'Mend the name in the test: hosts, networks and VMs are known by name.' },
} as const satisfies Record<string, { advice: string }>;

export type VcenterSimErrorCode = keyof typeof VCENTER_SIM_ERRORS;

export class VcenterSimError extends Error {
  override readonly name = 'VcenterSimError';
  readonly code: VcenterSimErrorCode;

  constructor(code: VcenterSimErrorCode, message: string, options?: ErrorOptions) {
    super(`${message} (${VCENTER_SIM_ERRORS[code].advice})`, options);
    this.code = code;
  }
}
