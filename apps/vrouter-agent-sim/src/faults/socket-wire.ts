import type { Socket } from 'node:net';
import { tcpOf } from '../http/handshakes.ts';
import type { Wire } from './seam.ts';

/** The wire of a socket. */
export function socketWire(socket: Socket, bytesOf: Wire['bytesOf']): Wire {
  return {
    bytesOf,
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed || !socket.writable) {
          resolve();
          return;
        }
        socket.once('close', resolve); // the client may go away while it waits
        socket.write(bytes, () => {
          socket.off('close', resolve);
          resolve();
        });
      }),
    close: () => socket.destroySoon(),
    reset: () => tcpOf(socket).resetAndDestroy(),
  };
}
