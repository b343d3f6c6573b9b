import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';

/** One request, ready to be written. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface HttpFailure {
  readonly kind: 'failure';
  readonly reason: string;
  /** The request, or part of it, was written. */
  readonly sent: boolean;
  /** We gave up on a living connection. */
  readonly late: boolean;
}

export interface ExchangeOptions {
  /** For a free connection. */
  readonly waitTimeoutMs: number;
  /** From writing the request to the end of the answer. */
  readonly responseTimeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Sends `request` once, over one connection of `dispatcher`. Never throws, never takes longer than its limits. */
export function exchange(
  dispatcher: Dispatcher,
  { method, path, headers, body }: HttpRequest,
  options: ExchangeOptions,
): Promise<HttpAnswer | HttpFailure> {
  return new Promise((resolve) => {
    const handler = new ExchangeHandler(resolve, options);
    if (options.signal?.aborted === true) return handler.abandon();
    const content = body === undefined ? {} : { body };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      dispatcher.dispatch({ method, path, headers: { ...headers, ...type }, ...content }, handler);
    } catch (error) {
      handler.onResponseError(undefined, error as Error);
    }
  });
}

/** Follows one request through undici. The first to settle it wins; what comes after is ignored. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (result: HttpAnswer | HttpFailure) => void;
  readonly #options: ExchangeOptions;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: HttpAnswer['headers'] = {};
  #settled = false;
  #cancelTimer: () => void;

  constructor(resolve: (result: HttpAnswer | HttpFailure) => void, options: ExchangeOptions) {
    this.#resolve = resolve;
    this.#options = options;
    const { waitTimeoutMs, clock, signal } = options;
    this.#cancelTimer = clock.schedule(waitTimeoutMs, () =>
      this.#giveUp(`No connection was free within ${waitTimeoutMs} ms`),
    );
    signal?.addEventListener('abort', this.abandon, { once: true });
  }

  readonly abandon = (): void => this.#giveUp('The request was called off');

  /** undici writes the request as soon as this returns; throwing keeps it, and its connection, from that. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) throw new Error('The request was given up before it was sent');
    this.#controller = controller;
    this.#cancelTimer();
    const { responseTimeoutMs, clock } = this.#options;
    this.#cancelTimer = clock.schedule(responseTimeoutMs, () =>
      this.#giveUp(`No complete answer within ${responseTimeoutMs} ms`),
    );
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HttpAnswer['headers'],
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8');
    this.#settle({ kind: 'answer', status: this.#status, headers: this.#headers, text });
  }

  onResponseError(_controller: unknown, error: Error): void {
    const { code } = error as { code?: unknown };
    const text = error.message === '' ? error.name : error.message;
    this.#fail(typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text, false);
  }

  #giveUp(reason: string): void {
    this.#fail(reason, this.#controller !== undefined);
    this.#controller?.abort(new Error(reason));
  }

  #fail(reason: string, late: boolean): void {
    this.#settle({ kind: 'failure', reason, sent: this.#controller !== undefined, late });
  }

  #settle(result: HttpAnswer | HttpFailure): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#cancelTimer();
    this.#options.signal?.removeEventListener('abort', this.abandon);
    this.#resolve(result);
  }
}
