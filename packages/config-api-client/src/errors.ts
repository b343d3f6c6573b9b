/** Mistakes in the use of this package. What a server does wrong is an `Outcome`, never an exception. */
export const CONFIG_API_CLIENT_ERRORS = {
  BAD_URL: {
    advice: 'Give the root of the config API, such as http://HOST:8082, without path, query or user.',
  },
  BAD_KEYSTONE_URL: {
    advice:
      'Give the address of Keystone with its version, such as http://HOST:5000/v3 or http://HOST:5000/v2.0.',
  },
  BAD_AUTHORITY: { advice: 'Give the certificate authority as PEM text.' },
  BAD_LIMIT: { advice: 'Limits are whole numbers above zero.' },
  BAD_UUID: { advice: 'Uuids are written in lower case with hyphens.' },
} as const satisfies Record<string, { advice: string }>;

export type ConfigApiClientErrorCode = keyof typeof CONFIG_API_CLIENT_ERRORS;

export class ConfigApiClientError extends Error {
  override readonly name = 'ConfigApiClientError';
  readonly code: ConfigApiClientErrorCode;

  constructor(code: ConfigApiClientErrorCode, message: string) {
    super(`${message}. ${CONFIG_API_CLIENT_ERRORS[code].advice}`);
    this.code = code;
  }
}
