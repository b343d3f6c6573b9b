import { Pool } from 'undici';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import { exchange, type HttpAnswer, type HttpFailure, type HttpRequest } from './exchange.ts';
import { tlsSettings, type TlsOptions } from './tls.ts';

const HEADER_BYTES_MAX = 16 * 1024;
/** Idle connections close before anything between us and the server forgets them. */
const IDLE_MS_MAX = 10_000;

export interface TransportOptions {
  /** `http://HOST:PORT` or `https://HOST:PORT`. */
  readonly origin: string;
  readonly tls: TlsOptions | undefined;
  readonly limits: Required<Limits>;
  readonly clock: Clock;
}

/** HTTP to one server: a bounded number of connections and of waiting requests. No proxy, no redirect, no retry. */
export class Transport {
  readonly #pool: Pool;
  readonly #limits: Required<Limits>;
  readonly #clock: Clock;
  #underWay = 0;

  /** Throws BAD_AUTHORITY. Opens no connection before the first request. */
  constructor({ origin, tls, limits, clock }: TransportOptions) {
    this.#limits = limits;
    this.#clock = clock;
    const secured = origin.startsWith('https:') ? tlsSettings(tls ?? {}) : {};
    this.#pool = new Pool(origin, {
      connections: limits.connections,
      pipelining: 1,
      connect: { timeout: limits.connectTimeoutMs, ...secured },
      // The limit of each exchange covers headers and body.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_MS_MAX,
      keepAliveMaxTimeout: IDLE_MS_MAX,
      maxResponseSize: limits.responseBytesMax,
      maxHeaderSize: HEADER_BYTES_MAX,
    });
  }

  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer | HttpFailure> {
    const { requestsMax, waitTimeoutMs, responseTimeoutMs } = this.#limits;
    if (this.#underWay >= requestsMax) {
      const reason = `More than ${requestsMax} requests are waiting for this server`;
      return { kind: 'failure', reason, sent: false, late: false };
    }
    this.#underWay++;
    const options = { waitTimeoutMs, responseTimeoutMs, clock: this.#clock, signal };
    const result = await exchange(this.#pool, request, options);
    this.#underWay--;
    return result;
  }

  /** Ends at once; requests under way fail. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
