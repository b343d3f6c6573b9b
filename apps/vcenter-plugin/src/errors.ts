/** The errors that end the plugin while it runs; those before are `StartError`s. All exit with 1. */
export const PLUGIN_ERRORS = {
  LEDGER_UNUSABLE: {
    text: 'The ledger cannot be opened',
    advice:
      'Make the state folder writable and free some space. A damaged ledger may be moved away: the next start then relies on sync and sweep alone.',
  },
  LEDGER_NOT_DURABLE: {
    text: 'The ledger does not keep what it is told',
    advice: 'SQLite refused `synchronous=FULL` with WAL. Use a local file system for the state folder.',
  },
  LEDGER_WRITE_FAILED: {
    text: 'The ledger cannot be written',
    advice:
      'Free some space or repair the state folder, then start again. The plugin stops rather than forget what it owes to the agents.',
  },
} as const satisfies Record<string, { text: string; advice: string }>;

export type PluginErrorCode = keyof typeof PLUGIN_ERRORS;

export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: PluginErrorCode;

  constructor(code: PluginErrorCode, detail: string, options?: ErrorOptions) {
    super(`${PLUGIN_ERRORS[code].text}: ${detail}. ${PLUGIN_ERRORS[code].advice}`, options);
    this.code = code;
  }
}
