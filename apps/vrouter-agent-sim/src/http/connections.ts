import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Handshakes } from './handshakes.ts';

/** The connections of a server, and the requests that each has open: the head came, the answer has not left. */
export class Connections {
  readonly #requests = new Map<Socket, Set<IncomingMessage>>();
  /** Begins what came on the same connection before this request was answered. */
  readonly #next = new WeakMap<IncomingMessage, () => void>();
  #handshakes: Handshakes | undefined;
  #isClosing = false;

  watch(app: FastifyInstance, handshakes: Handshakes): void {
    this.#handshakes = handshakes;
    app.server.on(app.server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
      if (this.#isClosing) {
        socket.destroy();
        return;
      }
      this.#requests.set(socket, new Set());
      socket.once('close', () => this.#requests.delete(socket));
    });
    // Silence is no fault of a client whose request is being carried out, unless it leaves its answer where it is.
    app.server.on('timeout', (socket: Socket) => {
      const isIdle = (this.#requests.get(socket)?.size ?? 0) === 0;
      if (isIdle || socket.writableLength > 0) socket.destroy();
    });
    app.addHook('onRequest', ({ raw }, _reply, done) => {
      const open = this.#requests.get(raw.socket);
      const before = open === undefined ? undefined : [...open].at(-1);
      open?.add(raw);
      // One without a body would overtake one that came before it and has one.
      if (before === undefined) done();
      else this.#next.set(before, done);
    });
    app.addHook('onResponse', ({ raw }, _reply, done) => {
      this.#requests.get(raw.socket)?.delete(raw);
      this.#next.get(raw)?.();
      done();
    });
  }

  /** Did a request come whole, so that bytes written to `socket` would be taken for its answer? */
  isAnswering(socket: Socket): boolean {
    const requests = this.#requests.get(socket) ?? [];
    return [...requests].some((request) => request.complete);
  }

  /** Closes connections on which no request has begun, and all new ones; Node leaves those that never sent a byte. */
  closeIdle(): void {
    this.#isClosing = true;
    this.#handshakes?.closeAll();
    for (const [socket, requests] of this.#requests) if (requests.size === 0) socket.destroy();
  }

  closeAll(): void {
    this.#handshakes?.closeAll();
    for (const socket of this.#requests.keys()) socket.destroy();
  }
}
