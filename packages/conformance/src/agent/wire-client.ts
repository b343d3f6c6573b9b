import { ConformanceError, Mismatch } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { Connection, type Limits } from '../wire/connection.ts';
import type { Response } from '../wire/message.ts';
import { bytesOf, type Request } from '../wire/request.ts';
import type { Recorder } from './recorder.ts';

const AT_A_TIME = 8;

/** An answer, with the interim ones (1xx) that came before it. */
export interface Answer extends Response {
  readonly text: string;
  readonly interim: readonly Response[];
}

/** What checks use to talk: one connection that is kept, and others on request. All are recorded, all are closed. */
export class WireClient {
  readonly #address: Address;
  readonly #limits: Limits;
  readonly #recorder: Recorder;
  readonly #opened: Connection[] = [];
  #kept: Connection | undefined;

  constructor(address: Address, limits: Limits, recorder: Recorder) {
    this.#address = address;
    this.#limits = limits;
    this.#recorder = recorder;
  }

  /** `HOST:PORT`, as it goes into `Host`. */
  get host(): string {
    return `${this.#address.host}:${this.#address.port}`;
  }

  /** A connection of its own. */
  async open(): Promise<Connection> {
    const connection = await Connection.open(this.#address, this.#limits);
    this.#opened.push(connection);
    return connection;
  }

  /** Sends on the kept connection, or on a new one when the agent closed that. */
  async send(request: Request): Promise<Answer> {
    if (this.#kept === undefined || this.#kept.isClosed) this.#kept = await this.open();
    return this.sendOn(this.#kept, request);
  }

  async sendOn(connection: Connection, request: Request): Promise<Answer> {
    const came = this.#recorder.sent(requestText(request));
    try {
      connection.write(bytesOf(request, this.host));
      const answer = await this.read(connection);
      came(answer.raw.toString());
      return answer;
    } catch (error) {
      came(error instanceof ConformanceError ? error.message : String(error));
      throw error;
    }
  }

  /** The next answer on `connection` that is not an interim one. Not recorded. */
  async read(connection: Connection): Promise<Answer> {
    const interim: Response[] = [];
    for (;;) {
      const response = await connection.read();
      if (response.status >= 200) return { ...response, text: response.body.toString(), interim };
      interim.push(response);
    }
  }

  /** The same request `count` times, over several connections; of all answers only the first refusal is recorded. */
  async sendMany(request: Request, count: number): Promise<void> {
    const came = this.#recorder.sent(`${count} times:\n${requestText(request)}`);
    const bytes = bytesOf(request, this.host);
    let leftCount = count;
    const work = async (): Promise<void> => {
      const connection = await this.open();
      while (leftCount-- > 0) {
        connection.write(bytes);
        const answer = await this.read(connection);
        if (answer.status !== 200) throw new Mismatch('status', '200', answer.raw.toString());
      }
      connection.close();
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    came(`${count} times 200`);
  }

  /** On a connection of its own, unrecorded, whatever the answers are. */
  async deletePorts(ids: Iterable<string>): Promise<void> {
    const connection = await this.open();
    for (const id of ids) {
      if (connection.isClosed) return;
      connection.write(bytesOf({ method: 'DELETE', path: `/port/${id}` }, this.host));
      await this.read(connection);
    }
  }

  /** What the agent holds of it is the agent's business; we hold nothing more. */
  closeAll(): void {
    for (const connection of this.#opened.splice(0)) connection.close();
    this.#kept = undefined;
  }
}

function requestText({ method, path, body, headerLines = [], version = '1.1' }: Request): string {
  const head = [`${method} ${path} HTTP/${version}`, ...headerLines].join('\n');
  return body === undefined ? head : `${head}\n\n${body.toString()}`;
}
