import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ServerTls } from '@vrouter/service-kit';
import type { Limits } from './limits.ts';

/** How often connections are looked at for requests that arrive too slowly, per time limit of a request. */
const CHECKS_PER_REQUEST_TIME = 10;

/** Node's server with our limits; nobody can hold a connection, a handshake or a request for longer. */
export function createHttpServer(
  limits: Limits,
  tls: ServerTls | undefined,
  handler: RequestListener,
): Server {
  const options = {
    maxHeaderSize: limits.headerBytesMax,
    requireHostHeader: false,
    requestTimeout: limits.requestMsMax,
    headersTimeout: limits.requestMsMax,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: Math.ceil(limits.requestMsMax / CHECKS_PER_REQUEST_TIME),
  };
  const server =
    tls === undefined
      ? createServer(options, handler)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: limits.requestMsMax }, handler);
  // A client that has said all it has to say still gets its answer.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.maxConnections = limits.connectionsMax;
  server.timeout = limits.answerMsMax; // of silence; `Connections` decides what it means
  return server;
}
