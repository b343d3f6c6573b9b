import type { Dispatcher } from 'undici';
import type { AgentRequest } from './requests.ts';
import type { Timer } from './timer.ts';

export interface ExchangeLimits {
  /** For a free connection. */
  readonly waitTimeoutMs: number;
  /** From writing the request to the end of the answer. */
  readonly responseTimeoutMs: number;
}

export type Exchanged =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  /** `sent`: the request, or part of it, was written. */
  | { readonly kind: 'failure'; readonly error: Error; readonly sent: boolean; readonly late: boolean };

/** Sends `request` once, over one connection of `dispatcher`. Never throws, never takes longer than its limits. */
export function exchange(
  dispatcher: Dispatcher,
  request: AgentRequest,
  limits: ExchangeLimits,
  timer: Timer,
  signal?: AbortSignal,
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const handler = new ExchangeHandler(resolve, limits, timer, signal);
    if (signal?.aborted === true) return handler.abandon();
    const { method, path, body } = request;
    const content = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
    try {
      dispatcher.dispatch({ method, path, ...content }, handler);
    } catch (error) {
      handler.onResponseError(undefined, error as Error);
    }
  });
}

/** Follows one request through undici. The first to settle it wins; what comes after is ignored. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (result: Exchanged) => void;
  readonly #limits: ExchangeLimits;
  readonly #timer: Timer;
  readonly #signal: AbortSignal | undefined;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #settled = false;
  #cancelTimer: () => void;

  constructor(
    resolve: (result: Exchanged) => void,
    limits: ExchangeLimits,
    timer: Timer,
    signal: AbortSignal | undefined,
  ) {
    this.#resolve = resolve;
    this.#limits = limits;
    this.#timer = timer;
    this.#signal = signal;
    this.#cancelTimer = timer.schedule(limits.waitTimeoutMs, () =>
      this.#giveUp(`No connection was free within ${limits.waitTimeoutMs} ms`),
    );
    signal?.addEventListener('abort', this.abandon, { once: true });
  }

  readonly abandon = (): void => this.#giveUp('The request was called off');

  /** undici writes the request as soon as this returns; throwing keeps it, and its connection, from that. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) throw new Error('The request was given up before it was sent');
    this.#controller = controller;
    this.#cancelTimer();
    const { responseTimeoutMs } = this.#limits;
    this.#cancelTimer = this.#timer.schedule(responseTimeoutMs, () =>
      this.#giveUp(`No complete answer within ${responseTimeoutMs} ms`),
    );
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    if (status >= 200) this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#settle({
      kind: 'answer',
      status: this.#status,
      text: Buffer.concat(this.#chunks).toString('utf8'),
    });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#fail(error, false);
  }

  #giveUp(why: string): void {
    const error = new Error(why);
    this.#fail(error, this.#controller !== undefined);
    this.#controller?.abort(error);
  }

  #fail(error: Error, late: boolean): void {
    this.#settle({ kind: 'failure', error, sent: this.#controller !== undefined, late });
  }

  #settle(result: Exchanged): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#cancelTimer();
    this.#signal?.removeEventListener('abort', this.abandon);
    this.#resolve(result);
  }
}
