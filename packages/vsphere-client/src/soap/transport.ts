import { Pool, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { VsphereError } from '../errors.ts';
import { isCertificateProblem, tlsSettings, type TlsOptions } from './tls.ts';

export interface TransportOptions {
  /** `https://host[:port]/sdk` */
  readonly url: string;
  readonly tls?: TlsOptions;
  readonly connectTimeoutMs?: number;
  /** Longer answers are refused. */
  readonly answerBytesMax?: number;
  readonly clock: Clock;
}

export interface Answer {
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
}

export interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole exchange, from connecting to the last byte. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The answer's text, in pieces. */
  readonly onText: (text: string) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** Ten times the answer for 10,000 VMs, give or take. */
const ANSWER_BYTES_MAX = 512 * 1024 * 1024;

/** HTTP to one vCenter. No proxy, no redirect, no retry: whoever asks decides what a failure means. */
export class Transport {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #clock: Clock;
  readonly #answerBytesMax: number;

  /** Throws `BAD_URL` or `BAD_AUTHORITY`. */
  constructor(options: TransportOptions) {
    const url = parseUrl(options.url);
    this.#path = `${url.pathname}${url.search}`;
    this.#clock = options.clock;
    this.#answerBytesMax = options.answerBytesMax ?? ANSWER_BYTES_MAX;
    const timeout = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
    const tls = url.protocol === 'https:' ? tlsSettings(options.tls ?? {}) : {};
    // The long poll holds one connection, the logout needs another. Time limits are ours, per request.
    const limits = { connections: 2, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    this.#pool = new Pool(url.origin, { ...limits, connect: { timeout, ...tls } });
  }

  /** Sends one request. Throws `UNREACHABLE`, `CERTIFICATE_REFUSED`, `TIMED_OUT`, `TOO_LARGE`, `BAD_ANSWER`, `STOPPED`. */
  async post(exchange: Exchange): Promise<Answer> {
    const { headers, body, timeoutMs, signal } = exchange;
    const limit = new AbortController();
    const cancel = this.#clock.schedule(timeoutMs, () => limit.abort());
    try {
      const answer = await this.#pool.request({
        path: this.#path,
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([signal, limit.signal]),
      });
      // Faults come with 500; any other status is not from the API but from something before it.
      if (answer.statusCode !== 200 && answer.statusCode !== 500) {
        await answer.body.dump();
        throw new VsphereError('BAD_ANSWER', `HTTP status ${answer.statusCode}`);
      }
      await this.#readBody(answer, exchange.onText);
      return { cookies: [answer.headers['set-cookie'] ?? []].flat() };
    } catch (error) {
      if (error instanceof VsphereError) throw error;
      if (signal.aborted) throw new VsphereError('STOPPED', 'Stopped while waiting for vCenter');
      if (limit.signal.aborted) {
        throw new VsphereError('TIMED_OUT', `No complete answer within ${timeoutMs} ms`);
      }
      throw connectionError(error);
    } finally {
      cancel();
    }
  }

  /** Closes all connections at once. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #readBody(answer: Dispatcher.ResponseData, onText: (text: string) => void): Promise<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let bytes = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > this.#answerBytesMax) {
        throw new VsphereError('TOO_LARGE', `The answer is longer than ${this.#answerBytesMax} bytes`);
      }
      onText(decodeText(() => decoder.decode(chunk, { stream: true })));
    }
    onText(decodeText(() => decoder.decode()));
  }
}

function decodeText(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new VsphereError('BAD_ANSWER', 'The answer is not UTF-8');
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new VsphereError('BAD_URL', `Expected an http or https URL, got ${JSON.stringify(text)}`);
}

function connectionError(error: unknown): VsphereError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const text = message.includes(code) ? message : `${code}: ${message}`;
  return isCertificateProblem(code)
    ? new VsphereError('CERTIFICATE_REFUSED', text, { cause: error })
    : new VsphereError('UNREACHABLE', text, { cause: error });
}
