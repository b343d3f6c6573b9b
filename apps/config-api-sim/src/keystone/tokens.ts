export interface Token {
  readonly id: string;
  readonly user: string;
  readonly project: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** More than a test asks for; the oldest are forgotten first. */
const TOKENS_MAX = 10_000;

/** The tokens that were issued. They are gone after a restart, as after one of a real Keystone with a new key. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();
  readonly #lifetimeMs: number;
  readonly #now: () => number;
  readonly #newId: () => string;

  constructor(options: {
    readonly lifetimeMs: number;
    readonly now: () => number;
    readonly newId: () => string;
  }) {
    this.#lifetimeMs = options.lifetimeMs;
    this.#now = options.now;
    this.#newId = options.newId;
  }

  issue(user: string, project: string): Token {
    const issuedAtMs = this.#now();
    const token = {
      id: this.#newId(),
      user,
      project,
      issuedAtMs,
      expiresAtMs: issuedAtMs + this.#lifetimeMs,
    };
    this.#tokens.set(token.id, token);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > TOKENS_MAX && oldest !== undefined) this.#tokens.delete(oldest);
    return token;
  }

  isValid(id: unknown): boolean {
    const token = typeof id === 'string' ? this.#tokens.get(id) : undefined;
    return token !== undefined && token.expiresAtMs > this.#now();
  }

  /** From now on all tokens are refused. Returns how many there were. */
  revokeAll(): number {
    const count = this.#tokens.size;
    this.#tokens.clear();
    return count;
  }
}
