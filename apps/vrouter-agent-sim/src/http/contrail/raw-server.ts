import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import {
  listenOn,
  type Clock,
  type ListenAddress,
  type Listener,
  type ServerTls,
} from '@vrouter/service-kit';
import { withSeam } from '../../faults/raw-seam.ts';
import type { HttpSeam } from '../../faults/seam.ts';
import { Handshakes } from '../handshakes.ts';
import type { Limits } from '../limits.ts';
import { RawConnection, type Answerer } from './raw-connection.ts';

/** Dead clients are found by TCP itself, which the real agent leaves to it, too. */
const KEEP_ALIVE_MS = 7_200_000;

export interface RawServerOptions {
  /** Of the connection with that number, counted from 1. */
  readonly answererFor: (connection: number, throughFaults: (answerer: Answerer) => Answerer) => Answerer;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly seam: HttpSeam;
  readonly tls?: ServerTls | undefined;
}

/**
 * Serves HTTP on `address` in the bytes of the real agent. What is beyond the limits closes the connection, since the real
 * agent knows no answer for it. It lets silent connections be, so only when there are too many the one that was silent
 * longest must go.
 * Throws `StartError` when the address cannot be had.
 */
export async function listenRaw(address: ListenAddress, options: RawServerOptions): Promise<Listener> {
  const { answererFor, limits, clock, seam, tls } = options;
  /** Those that were heard last are last. */
  const connections = new Map<Socket, RawConnection>();
  let connectionCount = 0;
  const server = createSocketServer(limits, tls, (socket) => {
    if (connections.size >= limits.connectionsMax && !makeRoom(connections)) {
      socket.destroy();
      return;
    }
    const answerer = answererFor(++connectionCount, (inner) => withSeam(inner, socket, seam));
    const connection = new RawConnection(socket, answerer, { limits, clock });
    connections.set(socket, connection);
    socket.on('data', () => {
      if (connections.delete(socket)) connections.set(socket, connection);
    });
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.once('close', () => connections.delete(socket));
  });
  const handshakes = new Handshakes(server, tls !== undefined);
  const url = await listenOn(server, address);
  return {
    url,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      handshakes.closeAll();
      for (const connection of connections.values()) connection.end();
      const cancelCut = clock.schedule(limits.stopMsMax, () => {
        for (const socket of connections.keys()) socket.destroy();
      });
      await closed;
      cancelCut();
    },
  };
}

/** Closes the connection that was silent longest, unless a request is being carried out on each of them. */
function makeRoom(connections: Map<Socket, RawConnection>): boolean {
  for (const [socket, { isWorking }] of connections) {
    if (isWorking) continue;
    connections.delete(socket);
    socket.destroy();
    return true;
  }
  return false;
}

function createSocketServer(
  limits: Limits,
  tls: ServerTls | undefined,
  onConnection: (socket: Socket) => void,
): Server {
  const options = { allowHalfOpen: true };
  const server =
    tls === undefined
      ? createServer(options, onConnection)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: limits.requestMsMax }, onConnection);
  // With those whose handshake is not done, and those that are on their way out.
  server.maxConnections = 2 * limits.connectionsMax;
  return server;
}
