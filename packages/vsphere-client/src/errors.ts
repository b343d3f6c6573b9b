/** Everything that can go wrong between us and vCenter. The message tells what happened, the advice what to do. */
export const VSPHERE_ERRORS = {
  BAD_URL: { advice: 'Use the address of the SOAP API, such as https://vcenter.example/sdk.' },
  BAD_AUTHORITY: { advice: 'Give the certificate authority as PEM text.' },
  UNREACHABLE: { advice: 'Check the address, the network between, and that vCenter is up.' },
  CERTIFICATE_REFUSED: {
    advice:
      "Give vCenter's certificate authority, and the name in its certificate if that differs from the address.",
  },
  TIMED_OUT: { advice: 'vCenter accepted the request and did not answer in time; look at its load.' },
  TOO_LARGE: { advice: 'Narrow the inventory to one data centre, or raise the limit.' },
  BAD_ANSWER: { advice: 'This does not look like a vCenter: check the address, and proxies in between.' },
  LOGIN_REFUSED: { advice: 'Check user name and password, and that the account may log in.' },
  BAD_SCOPE: { advice: 'Name the data centre, too.' },
  NO_SUCH_PLACE: { advice: 'Check the name in the scope, and that the account may see it.' },
  FAULT: { advice: "Look the fault up in vCenter's API reference." },
  STOPPED: { advice: 'Nothing: somebody asked for it.' },
} as const satisfies Record<string, { advice: string }>;

export type VsphereErrorCode = keyof typeof VSPHERE_ERRORS;

export class VsphereError extends Error {
  override readonly name = 'VsphereError';
  readonly code: VsphereErrorCode;
  /** With code `FAULT`: vCenter's name of it, such as `NotAuthenticated`. */
  readonly fault: string | undefined;

  constructor(code: VsphereErrorCode, message: string, options: ErrorOptions & { fault?: string } = {}) {
    super(message, options);
    this.code = code;
    this.fault = options.fault;
  }

  get advice(): string {
    return VSPHERE_ERRORS[this.code].advice;
  }
}
