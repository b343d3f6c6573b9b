/** What can go wrong around the vCenter simulator; the message tells what happened, the advice what to do. */
export const VCENTER_SIM_ERRORS = {
  UNAVAILABLE: { advice: 'Without VROUTER_REQUIRE_ALL=1 the tests that need it are skipped.' },
  NOT_BUILT: { advice: "The Go compiler's words are in the message." },
  NOT_STARTED: { advice: "The simulator's last words are in the message." },
  NOT_RUNNING: { advice: 'Call restart() first.' },
  REFUSED: { advice: 'The simulator did not do what was asked; its fault is in the message.' },
  WRONG_NAME: { advice: 'Hosts, networks and VMs are known by name, adapters by MAC.' },
  BAD_INVENTORY: { advice: 'Mend the inventory file; docs/guides/plugin.md shows one.' },
  BAD_USAGE: { advice: '`npm run vcenter -- --help` lists the commands.' },
  NOT_SERVED: { advice: 'Start it in another terminal: npm run vcenter' },
  ADDRESS_TAKEN: { advice: 'Stop what listens there, or choose another address with --listen.' },
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
