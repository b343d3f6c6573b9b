import type { Server, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

const TCP_BELOW = new WeakMap<Socket, Socket>();

/** The TCP connection that `socket` is, or that is below it. */
export function tcpOf(socket: Socket): Socket {
  return TCP_BELOW.get(socket) ?? socket;
}

/** Is `socket` one of TLS that has not come to be? Nothing can be written to it then. */
export function isWithoutHandshake(socket: Socket): boolean {
  return socket instanceof TLSSocket && !TCP_BELOW.has(socket);
}

/** The connections of a server that are not yet secure; none, where it speaks no TLS. */
export class Handshakes {
  /** By the address of the other side, which is all that both ends of Node's events share. */
  readonly #waiting = new Map<string, Socket>();

  constructor(server: Server, isTls: boolean) {
    if (!isTls) return;
    server.on('connection', (tcp: Socket) => {
      const peer = peerOf(tcp);
      this.#waiting.set(peer, tcp);
      tcp.once('close', () => {
        if (this.#waiting.get(peer) === tcp) this.#waiting.delete(peer);
      });
    });
    // Node leaves a connection open whose handshake took too long.
    server.on('tlsClientError', (_error: Error, socket: TLSSocket) => socket.destroy());
    server.prependListener('secureConnection', (socket: TLSSocket) => {
      const peer = peerOf(socket);
      const tcp = this.#waiting.get(peer);
      if (tcp === undefined) return;
      TCP_BELOW.set(socket, tcp);
      this.#waiting.delete(peer);
    });
  }

  closeAll(): void {
    for (const tcp of this.#waiting.values()) tcp.destroy();
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
