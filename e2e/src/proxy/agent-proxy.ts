import {
  Agent as KeepAlive,
  createServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopbackAddress } from '../world/loopback.ts';
import { observed, type Exchange, type Observer } from './exchange.ts';

const ANSWER_MS_MAX_DEFAULT = 10_000;

/** What the plugin gets to see of an answer that the agent has given. */
export type Fate = 'pass' | 'lose' | 'cut';

export interface ProxyOptions {
  /** The agent's URL; a function, because it is known late. */
  readonly target: () => string;
  /** Every request waits for this before anybody hears of it. */
  readonly gate?: () => Promise<void>;
  /** For the agent; 10 s unless given. */
  readonly answerMsMax?: number;
  /** Told of every request before the agent gets it, and of how it ended. */
  readonly observer?: Observer;
  /** Decides once the agent has answered, so the request has been applied whatever comes next. */
  readonly fate?: (exchange: Exchange) => Fate;
  /** What the agent gets in place of `body`; null: it hears nothing, and the plugin is told of success all the same. */
  readonly forge?: (exchange: Exchange, body: string) => string | null;
}

/**
 * Stands between plugin and agent: sees what was asked and what was answered, independent of both, and can keep an
 * answer from the plugin. Closed, it refuses connections as a host without an agent does; it comes back under its URL.
 */
export class AgentProxy {
  readonly #options: ProxyOptions;
  readonly #server;
  readonly #upstream = new KeepAlive({ keepAlive: true });
  readonly #handling = new Set<Promise<void>>();
  readonly #host = loopbackAddress();
  #port = 0;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#server = createServer((incoming, reply) => {
      const handling = this.#handle(incoming, reply).catch(() => void reply.destroy());
      this.#handling.add(handling);
      void handling.finally(() => this.#handling.delete(handling));
    });
  }

  get url(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  async open(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject).listen(this.#port, this.#host, resolve);
    await promise;
    this.#server.off('error', reject);
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts all connections and refuses new ones. Every exchange has been reported to the observer when it returns. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
    await Promise.all(this.#handling);
  }

  /** Cuts all connections of clients; what an agent is busy with goes on. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async #handle(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await textOf(incoming).catch(() => undefined);
    await this.#options.gate?.();
    if (body === undefined || reply.destroyed) return; // the plugin went away before: the agent never hears of it
    const exchange = observed(incoming.method ?? '', incoming.url ?? '', body);
    const ended = this.#options.observer?.(exchange);
    try {
      const forged = this.#options.forge?.(exchange, body);
      const answer = forged === null ? SUCCESS : await this.#forward(incoming, forged ?? body);
      ended?.(answer.status);
      deliver(reply, answer, this.#options.fate?.(exchange) ?? 'pass');
    } catch {
      ended?.(undefined);
      reply.destroy();
    }
  }

  async #forward(incoming: IncomingMessage, body: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const signal = AbortSignal.timeout(this.#options.answerMsMax ?? ANSWER_MS_MAX_DEFAULT);
    const url = new URL(incoming.url ?? '/', this.#options.target());
    const { 'content-type': type = 'application/json' } = incoming.headers;
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    request(url, { method: incoming.method ?? 'GET', headers, agent: this.#upstream, signal }, resolve)
      .once('error', reject)
      .end(body);
    const response = await promise;
    return { status: response.statusCode ?? 0, body: await textOf(response) };
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const SUCCESS: Answer = { status: 200, body: '{}' };

function deliver(reply: ServerResponse, { status, body }: Answer, fate: Fate): void {
  if (fate === 'lose') {
    reply.destroy();
    return;
  }
  reply.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  if (fate === 'pass') reply.end(body);
  else reply.write(body.slice(0, 1), () => reply.destroy());
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
