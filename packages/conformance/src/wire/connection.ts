import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ConformanceError } from '../errors.ts';
import type { Address, ClientTls } from './address.ts';
import type { Response } from './message.ts';
import { parseResponse } from './parse-message.ts';

export interface Limits {
  readonly connectMsMax: number;
  readonly responseMsMax: number;
}

/** A TCP connection that speaks raw bytes and hears HTTP answers. Never pipelines by itself. */
export class Connection {
  readonly #socket: Socket;
  readonly #limits: Limits;
  #received: Buffer = Buffer.alloc(0);
  #isClosed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket, limits: Limits) {
    this.#socket = socket;
    this.#limits = limits;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    socket.on('error', () => undefined); // 'close' follows
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#isClosed = true;
        this.#wake();
      });
    }
  }

  /** Throws UNREACHABLE. */
  static async open({ host, port, tls }: Address, limits: Limits): Promise<Connection> {
    const socket = tls === undefined ? connect({ host, port }) : secured({ host, port }, tls);
    socket.setNoDelay(true);
    const opened = Promise.withResolvers<void>();
    const limit = setTimeout(
      () => opened.reject(new Error(`no connection within ${limits.connectMsMax} ms`)),
      limits.connectMsMax,
    );
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => opened.resolve());
    socket.once('error', (error) => opened.reject(error));
    try {
      await opened.promise;
    } catch (cause) {
      socket.destroy();
      const why = (cause as Error).message;
      throw new ConformanceError('UNREACHABLE', `${host}:${port} cannot be reached: ${why}`, { cause });
    } finally {
      clearTimeout(limit);
    }
    return new Connection(socket, limits);
  }

  /** Did the server close it? */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What came and was not read as an answer. */
  get unread(): string {
    return this.#received.toString('latin1');
  }

  write(bytes: string | Buffer): void {
    this.#socket.write(bytes);
  }

  /** Waits until what was written has left this process, so that the next write is a segment of its own. */
  async flush(): Promise<void> {
    if (this.#socket.writableLength === 0) return;
    await new Promise<void>((resolve) => this.#socket.write('', () => resolve()));
  }

  /** The next answer. Throws WIRE_TIMEOUT, WIRE_CLOSED or WIRE_MALFORMED. */
  async read(timeoutMs: number = this.#limits.responseMsMax): Promise<Response> {
    let response: Response | undefined;
    const isThere = (): boolean => {
      response ??= parseResponse(this.#received);
      return response !== undefined;
    };
    await this.#until(() => isThere() || this.#isClosed, timeoutMs);
    if (response !== undefined) {
      this.#received = this.#received.subarray(response.raw.length);
      return response;
    }
    const soFar =
      this.#received.length === 0 ? 'nothing' : JSON.stringify(this.#received.toString('latin1', 0, 200));
    if (this.#isClosed) {
      throw new ConformanceError('WIRE_CLOSED', `the connection was closed before an answer; came: ${soFar}`);
    }
    throw new ConformanceError('WIRE_TIMEOUT', `no answer within ${timeoutMs} ms; came: ${soFar}`);
  }

  /** Does the server close it within `timeoutMs`? */
  async closesWithin(timeoutMs: number): Promise<boolean> {
    await this.#until(() => this.#isClosed, timeoutMs);
    return this.#isClosed;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #until(condition: () => boolean, timeoutMs: number): Promise<void> {
    const endMs = performance.now() + timeoutMs;
    while (!condition()) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    }
  }
}

function secured({ host, port }: Address, tls: ClientTls): Socket {
  return connectTls({ host, port, ...tls, ...(isIP(host) === 0 && { servername: host }) });
}
