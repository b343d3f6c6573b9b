/** Mistakes in the use of this package. What an agent does wrong is an `Outcome`, never an exception. */
export const AGENT_CLIENT_ERRORS = {
  BAD_URL: {
    advice: 'Give the root of the agent: http://HOST:PORT or https://HOST:PORT, without path, query or user.',
  },
  BAD_TLS: { advice: 'Give PEM text: certificates, and a private key without a passphrase.' },
  BAD_LIMIT: { advice: 'Limits are numbers above zero.' },
  BAD_PORT_ID: { advice: 'Port ids are guids; parse ports with the port model before sending them.' },
  BAD_PORT_COUNT: { advice: 'Cut the ports into arrays of at most 64.' },
} as const satisfies Record<string, { advice: string }>;

export type AgentClientErrorCode = keyof typeof AGENT_CLIENT_ERRORS;

export class AgentClientError extends Error {
  override readonly name = 'AgentClientError';
  readonly code: AgentClientErrorCode;

  constructor(code: AgentClientErrorCode, message: string) {
    super(`${message}. ${AGENT_CLIENT_ERRORS[code].advice}`);
    this.code = code;
  }
}
