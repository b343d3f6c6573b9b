import { badAnswer, classifyFailure } from '../classify.ts';
import type { Clock } from '../clock.ts';
import { Transport } from '../http/transport.ts';
import type { Limits } from '../limits.ts';
import type { Unauthorised, Unavailable } from '../outcome.ts';
import { parseKeystoneUrl, type KeystoneAddress, type KeystoneOptions } from './options.ts';
import { readToken, tokenRequest } from './wire.ts';

/** A token is renewed in this last part of its life, but at least this long before its end. */
const RENEWAL_SHARE = 0.1;
const RENEWAL_MS_MIN = 5_000;
/** While the token in hand is still good, a failed renewal is not repeated at every request. */
const RENEWAL_PAUSE_MS = 5_000;

interface Token {
  readonly kind: 'token';
  readonly id: string;
  /** By our clock. */
  readonly renewAtMs: number;
  readonly expiresAtMs: number;
}

export type TokenOutcome = Token | Unauthorised | Unavailable;

/** The token to send with the next request. One renewal at a time, whoever asks. */
export class TokenSource {
  readonly #options: KeystoneOptions;
  readonly #address: KeystoneAddress;
  readonly #transport: Transport;
  readonly #clock: Clock;
  #token: Token | undefined;
  #renewal: Promise<TokenOutcome> | undefined;
  #pausedUntilMs = 0;

  /** Throws BAD_KEYSTONE_URL or BAD_AUTHORITY. */
  constructor(options: KeystoneOptions, limits: Required<Limits>, clock: Clock) {
    this.#options = options;
    this.#address = parseKeystoneUrl(options.url);
    this.#clock = clock;
    const { origin } = this.#address;
    this.#transport = new Transport({ origin, tls: options.tls, limits, clock });
  }

  /** A token that is good by our clock. Asks Keystone when there is none; when it is about to end, beforehand. */
  async get(signal?: AbortSignal): Promise<TokenOutcome> {
    const now = this.#clock.now();
    const token = this.#token;
    if (token === undefined || now >= token.expiresAtMs) return unlessAborted(this.#renew(), signal);
    // In good time, so nobody has to wait for it; its failure is told to whoever finds the token at its end.
    if (now >= token.renewAtMs && now >= this.#pausedUntilMs) void this.#renew();
    return token;
  }

  /** The server refused the token `id`: it is not handed out again. */
  drop(id: string): void {
    if (this.#token?.id === id) this.#token = undefined;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #renew(): Promise<TokenOutcome> {
    this.#renewal ??= this.#ask().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #ask(): Promise<TokenOutcome> {
    const askedAtMs = this.#clock.now();
    const outcome = await this.#exchange(askedAtMs);
    if (outcome.kind === 'token') this.#token = outcome;
    else this.#pausedUntilMs = this.#clock.now() + RENEWAL_PAUSE_MS;
    return outcome;
  }

  async #exchange(askedAtMs: number): Promise<TokenOutcome> {
    const result = await this.#transport.send(tokenRequest(this.#options, this.#address));
    // What was asked for, a change of the config API, was certainly not sent.
    if (result.kind === 'failure') {
      return { ...classifyFailure(result), reason: `Keystone: ${result.reason}`, sent: false };
    }
    const { status, text } = result;
    if (status === 401 || status === 403) {
      const { user, project } = this.#options;
      return {
        kind: 'unauthorised',
        message: `Keystone gives ${user} no token for project ${project} (${status})`,
      };
    }
    const issued = status === 200 || status === 201 ? readToken(result, this.#address.version) : undefined;
    if (issued === undefined) {
      // The body may hold a token, so it is not shown.
      const what = status < 300 ? 'without a usable token' : text;
      const { reason } = badAnswer(status, what);
      return { kind: 'unavailable', reason: `Keystone: ${reason}`, sent: false, status };
    }
    const lifetimeMs = issued.lifetimeMs ?? issued.expiresAtMs - askedAtMs;
    const marginMs = Math.max(lifetimeMs * RENEWAL_SHARE, Math.min(RENEWAL_MS_MIN, lifetimeMs / 2));
    const expiresAtMs = askedAtMs + lifetimeMs;
    return { kind: 'token', id: issued.id, renewAtMs: expiresAtMs - marginMs, expiresAtMs };
  }
}

/** Others may still wait for the same renewal, so only this wait ends. */
function unlessAborted(
  renewal: Promise<TokenOutcome>,
  signal: AbortSignal | undefined,
): Promise<TokenOutcome> {
  if (signal === undefined) return renewal;
  return new Promise((resolve) => {
    const abandon = (): void =>
      resolve({ kind: 'unavailable', reason: 'The request was called off', sent: false });
    if (signal.aborted) return abandon();
    signal.addEventListener('abort', abandon, { once: true });
    void renewal.then((outcome) => {
      signal.removeEventListener('abort', abandon);
      resolve(outcome);
    });
  });
}
