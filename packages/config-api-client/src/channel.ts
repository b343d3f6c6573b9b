import { classifyFailure } from './classify.ts';
import type { HttpAnswer, HttpRequest } from './http/exchange.ts';
import type { Transport } from './http/transport.ts';
import type { TokenSource } from './keystone/token-source.ts';
import type { Unauthorised, Unavailable } from './outcome.ts';

/** The way to the config API: with a token, where one is needed. */
export class Channel {
  readonly #transport: Transport;
  readonly #tokens: TokenSource | undefined;

  constructor(transport: Transport, tokens: TokenSource | undefined) {
    this.#transport = transport;
    this.#tokens = tokens;
  }

  /**
   * Sends `request`, and once more with a new token when the server refuses the one that it came with: 401 means that
   * nothing was done. Whatever else fails is not repeated.
   */
  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer | Unauthorised | Unavailable> {
    const first = await this.#sendOnce(request, signal);
    if (first.kind !== 'answer' || first.status !== 401 || this.#tokens === undefined) return first;
    return this.#sendOnce(request, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#transport.close(), this.#tokens?.close()]);
  }

  async #sendOnce(
    request: HttpRequest,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer | Unauthorised | Unavailable> {
    const token = await this.#tokens?.get(signal);
    if (token !== undefined && token.kind !== 'token') return token;
    const headers = token === undefined ? {} : { 'x-auth-token': token.id };
    const result = await this.#transport.send({ ...request, headers }, signal);
    if (result.kind === 'failure') return classifyFailure(result);
    if (result.status === 401 && token !== undefined) this.#tokens?.drop(token.id);
    return result;
  }
}
