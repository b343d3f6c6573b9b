/**
 * The errors that end one of our processes before it serves: what is wrong, and what to do. Anything else that
 * escapes `main` is a defect and exits with 1.
 */
export const KIT_ERRORS = {
  BAD_USAGE: { exitCode: 2, advice: 'See --help.' },
  BAD_CONFIG: {
    exitCode: 2,
    advice: 'Mend the named key; the reference page lists every key with its default.',
  },
  FOLDER_LOCKED: { exitCode: 1, advice: 'Stop the process that is named, or use another state folder.' },
  NO_ANSWER: { exitCode: 1, advice: 'Start the process, or give the address where it listens.' },
  NO_INVENTORY: {
    exitCode: 1,
    advice: 'Mend what the message says of the inventory, then try again; nothing was changed.',
  },
  NO_CONFIG_API: {
    exitCode: 1,
    advice: 'Mend what the message says of the config API or Keystone, then try again; nothing was changed.',
  },
  FOLDER_UNUSABLE: { exitCode: 1, advice: 'Make the folder writable for this user and free some space.' },
} as const satisfies Record<string, { exitCode: number; advice: string }>;

export type KitErrorCode = keyof typeof KIT_ERRORS;

/** An error meant for the person who started the process: printed without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: KitErrorCode;

  constructor(code: KitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get exitCode(): number {
    return KIT_ERRORS[this.code].exitCode;
  }
}
