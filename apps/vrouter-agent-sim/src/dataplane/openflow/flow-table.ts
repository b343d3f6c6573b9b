import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Flow } from '../flows/flow.ts';
import { addition, BUNDLE, bundle, flowListRequest, readFlowList, removal } from './flow-messages.ts';
import { decodeMessages, encodeMessage, TYPE, type Message } from './message.ts';

const ANSWER_MS_MAX = 4_000;

/** The flows of a bridge. */
export interface FlowTable {
  /** Cookies of all flows, whoever has added them. Rejects when the switch does not answer. */
  cookies(): Promise<ReadonlySet<bigint>>;
  /** Removes flows by their cookies, then adds some: all in one step, or nothing. Rejects when it was not done. */
  change(remove: readonly bigint[], add: readonly Flow[]): Promise<void>;
  close(): void;
}

interface Waiting {
  readonly id: number;
  /** Takes an answer, and says whether it was the last one. */
  readonly take: (message: Message) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Speaks OpenFlow over the management socket of a bridge. One request at a time; the connection stays for the next one, and
 * is made anew when it was lost.
 */
export class OpenFlowTable implements FlowTable {
  readonly #path: string;
  #socket: Socket | undefined;
  #rest = Buffer.alloc(0);
  #waiting: Waiting | undefined;
  #ids = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async cookies(): Promise<ReadonlySet<bigint>> {
    const found = new Set<bigint>();
    const id = ++this.#ids;
    await this.#request(id, flowListRequest(id), ({ type, body }) => {
      if (type !== TYPE.multipartReply) return false;
      const { cookies, more } = readFlowList(body);
      for (const cookie of cookies) found.add(cookie);
      return !more;
    });
    return found;
  }

  async change(remove: readonly bigint[], add: readonly Flow[]): Promise<void> {
    const id = ++this.#ids;
    const bytes = bundle(id, [...remove.map(removal), ...add.map(addition)]);
    const isDone = ({ type, body }: Message): boolean =>
      type === TYPE.bundleControl && body.readUInt16BE(4) === BUNDLE.committed;
    await this.#request(id, bytes, isDone);
  }

  close(): void {
    this.#lose(new Error('the connection was closed'));
  }

  async #request(id: number, bytes: Buffer, take: Waiting['take']): Promise<void> {
    const socket = await this.#connected();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const limit = setTimeout(
      () => this.#lose(new Error(`no answer from ${this.#path} within ${ANSWER_MS_MAX} ms`)),
      ANSWER_MS_MAX,
    );
    this.#waiting = { id, take, resolve, reject };
    socket.write(bytes);
    try {
      await promise;
    } finally {
      clearTimeout(limit);
      this.#waiting = undefined;
    }
  }

  async #connected(): Promise<Socket> {
    if (this.#socket !== undefined) return this.#socket;
    const socket = connect(this.#path);
    socket.on('error', () => undefined); // told below, and to whoever waits
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    this.#socket = socket;
    this.#rest = Buffer.alloc(0);
    const lose = (reason: string): void => {
      if (this.#socket === socket) this.#lose(new Error(`${this.#path}: ${reason}`));
    };
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', (error) => lose(error.message));
    socket.on('close', () => lose('Open vSwitch has ended the connection'));
    socket.write(encodeMessage({ type: TYPE.hello, id: ++this.#ids, body: Buffer.alloc(0) }));
    return socket;
  }

  #read(bytes: Buffer): void {
    try {
      const { messages, rest } = decodeMessages(Buffer.concat([this.#rest, bytes]));
      this.#rest = Buffer.from(rest);
      for (const message of messages) this.#handle(message);
    } catch (error) {
      this.#lose(error as Error);
    }
  }

  #handle(message: Message): void {
    if (message.type === TYPE.echoRequest) {
      this.#socket?.write(encodeMessage({ ...message, type: TYPE.echoReply }));
    } else if (message.type === TYPE.error) {
      const [type, code] = [message.body.readUInt16BE(0), message.body.readUInt16BE(2)];
      this.#lose(
        new Error(`Open vSwitch refused a change of flows: OpenFlow error type ${type}, code ${code}`),
      );
    } else if (this.#waiting?.id === message.id && this.#waiting.take(message)) {
      this.#waiting.resolve();
    }
  }

  #lose(error: Error): void {
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#waiting?.reject(error);
  }
}
