import type { Socket } from 'node:net';
import { waitFor } from '@vrouter/testkit';
import { rawConnection } from './raw-exchange.ts';

/** One connection that shows every byte; text is a character per byte. */
export class RawClient {
  readonly #socket: Socket;
  #received = '';
  #isClosed = false;

  constructor(url: string) {
    this.#socket = rawConnection(url);
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    this.#socket.once('close', () => (this.#isClosed = true));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What came that no `answer` has taken. */
  get unread(): string {
    return this.#received;
  }

  send(bytes: string): void {
    this.#socket.write(Buffer.from(bytes, 'latin1'));
  }

  /** The next answer, head and body. */
  answer(): Promise<string> {
    return waitFor(() => this.#takeAnswer(), { what: 'an answer' });
  }

  request(method: string, path: string, body = ''): Promise<string> {
    this.send(requestText(method, path, body));
    return this.answer();
  }

  close(): void {
    this.#socket.destroy();
  }

  #takeAnswer(): string | undefined {
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd === -1) return undefined;
    const length = Number(/content-length: (\d+)/i.exec(this.#received)?.[1]);
    const end = headEnd + 4 + length;
    if (this.#received.length < end) return undefined;
    const answer = this.#received.slice(0, end);
    this.#received = this.#received.slice(end);
    return answer;
  }
}

/** A request without more headers than it needs. `body`: a character per byte. */
export function requestText(method: string, path: string, body = ''): string {
  const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: agent\r\n${length}\r\n${body}`;
}

/** Every byte of an answer of the real agent. */
export function realAnswer(status: number, body: string): string {
  const head = `HTTP/1.1 ${status} OK\r\nContent-Type: application/json; charset=UTF-8`;
  return `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
