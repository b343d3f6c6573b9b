import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.ts';
import { StartError } from './errors.ts';
import { urlOf, type ListenAddress } from './listen-address.ts';

export interface Listener {
  readonly url: string;
  /** Accepts nothing more, lets requests in progress end, and cuts what still goes on after `stopMsMax`. */
  stop(): Promise<void>;
}

/** How the open connections of a server are closed; Node's own way leaves those that never sent a byte. */
export interface ConnectionCloser {
  /** Those on which no request has begun, and all new ones. */
  closeIdle(): void;
  closeAll(): void;
}

export interface ListenOptions {
  readonly clock: Clock;
  readonly stopMsMax: number;
  readonly connections?: ConnectionCloser;
}

/** Opens `app` on `address`. Throws `StartError` when the address cannot be had. */
export async function listen(
  app: FastifyInstance,
  address: ListenAddress,
  { clock, stopMsMax, connections }: ListenOptions,
): Promise<Listener> {
  let isStopping = false;
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isStopping) reply.header('connection', 'close');
    done(null, payload);
  });
  await opened(address, () => app.listen(address));
  const closeAll = (): void => (connections ?? nodesOwn(app)).closeAll();
  return {
    url: urlOfServer(app.server),
    stop: async () => {
      isStopping = true;
      const cancelCut = clock.schedule(stopMsMax, closeAll);
      connections?.closeIdle();
      await app.close();
      cancelCut();
    },
  };
}

/** Opens a server of any protocol on `address`, and tells its URL. Throws `StartError` when the address cannot be had. */
export async function listenOn(server: Server, address: ListenAddress): Promise<string> {
  await opened(address, async () => {
    server.listen(address);
    await once(server, 'listening');
  });
  return urlOfServer(server);
}

async function opened(address: ListenAddress, open: () => Promise<unknown>): Promise<void> {
  try {
    await open();
  } catch (error) {
    throw new StartError(
      'BAD_CONFIG',
      `Cannot listen on ${address.host}:${address.port}: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function urlOfServer(server: Server): string {
  return urlOf(server.address() as AddressInfo, server instanceof TlsServer ? 'https' : 'http');
}

function nodesOwn({ server }: FastifyInstance): Pick<ConnectionCloser, 'closeAll'> {
  return { closeAll: () => server.closeAllConnections() };
}
