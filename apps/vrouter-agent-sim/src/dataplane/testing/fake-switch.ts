import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { decodeMessages, encodeMessage, pack, TYPE, type Message } from '../openflow/message.ts';

/** A switch's side of OpenFlow: it keeps the cookies of flows, and can be silent, broken, or gone. */
export class FakeSwitch {
  readonly #folder = temporaryFolder();
  readonly path = join(this.#folder.path, 'br.mgmt');
  readonly cookies = new Set<bigint>();
  readonly received: Message[] = [];
  connections = 0;
  /** What it does instead of answering. */
  mood: 'well' | 'silent' | 'refusing' | 'gone' = 'well';
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #bundle: Message[] = [];

  constructor() {
    this.#server = createServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      let rest = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        const decoded = decodeMessages(Buffer.concat([rest, bytes]));
        rest = Buffer.from(decoded.rest);
        for (const message of decoded.messages) this.#handle(socket, message);
      });
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(this.path);
    await once(this.#server, 'listening');
    return this;
  }

  /** Sends `message` to whoever is connected. */
  say(message: Message): void {
    for (const socket of this.#sockets) socket.write(encodeMessage(message));
  }

  /** Ends all connections, as a switch that is restarted. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    this.hangUp();
    this.#server.close();
    await once(this.#server, 'close');
    this.#folder.remove();
  }

  #handle(socket: Socket, message: Message): void {
    const { type, id, body } = message;
    this.received.push(message);
    const answer = (of: number, bytes: Buffer): void =>
      void socket.write(encodeMessage({ type: of, id, body: bytes }));
    if (this.mood === 'silent' || type === TYPE.hello || type === TYPE.echoReply) return;
    if (this.mood === 'gone') return void socket.destroy();
    if (this.mood === 'refusing') return answer(TYPE.error, pack([2, 5], [2, 6]));
    if (type === TYPE.multipartRequest) {
      // In two parts, as a long list comes.
      const [first = [], second = []] = halves([...this.cookies]);
      answer(TYPE.multipartReply, Buffer.concat([pack([2, 1], [2, 1], [4, 0]), ...first.map(entry)]));
      answer(TYPE.multipartReply, Buffer.concat([pack([2, 1], [2, 0], [4, 0]), ...second.map(entry)]));
    } else if (type === TYPE.bundleAdd) {
      this.#bundle.push({ type, id, body: body.subarray(16) });
    } else if (type === TYPE.bundleControl && body.readUInt16BE(4) === 4) {
      for (const { body: flow } of this.#bundle.splice(0)) this.#apply(flow);
      answer(TYPE.bundleControl, pack([4, id], [2, 5], [2, 3]));
    }
  }

  #apply(flow: Buffer): void {
    const cookie = flow.readBigUInt64BE(0);
    if (flow.readUInt8(17) === 0) this.cookies.add(cookie);
    else this.cookies.delete(cookie);
  }
}

function entry(cookie: bigint): Buffer {
  return pack([2, 56], [2, 0], [4, 0], [8, 0], [8, 0], [8, cookie], [8, 0], [8, 0], [8, 0]);
}

function halves<T>(all: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)];
}
