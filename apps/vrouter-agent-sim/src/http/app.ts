import type { Logger, ServerTls } from '@vrouter/service-kit';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { errorAnswer } from '../errors.ts';
import { answerClientError } from './client-error.ts';
import { Connections } from './connections.ts';
import { Handshakes } from './handshakes.ts';
import { createHttpServer } from './http-server.ts';
import type { Limits } from './limits.ts';

export interface App {
  /** Takes the routes. */
  readonly routes: FastifyInstance;
  readonly connections: Connections;
}

/** A server with our limits and our error bodies, and no routes yet. Bodies reach the routes as bytes. */
export function createApp(limits: Limits, log: Logger, tls?: ServerTls): App {
  const connections = new Connections();
  const app = fastify({
    logger: false,
    bodyLimit: limits.bodyBytesMax,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: limits.headerBytesMax, querystringParser: () => ({}) },
    serverFactory: (handler) => createHttpServer(limits, tls, handler),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, connections.isAnswering(socket)),
    frameworkErrors: (_error, _request, reply) => void sendUnknownRoute(reply),
  });
  // Otherwise Node answers by itself, in a form of its own.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  connections.watch(app, new Handshakes(app.server, tls !== undefined));

  // Clients send JSON under any content type, malformed ones included, or under none.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, _reply, done) => {
    request.raw.headers['content-type'] = undefined;
    done();
  });

  app.setNotFoundHandler((_request, reply) => sendUnknownRoute(reply));
  app.setErrorHandler((error: FastifyError, _request, reply) => sendError(error, reply, log));
  return { routes: app, connections };
}

function sendUnknownRoute(reply: FastifyReply): FastifyReply {
  const { status, body } = errorAnswer('UNKNOWN_ROUTE');
  return reply.code(status).send(body);
}

function sendError(error: FastifyError, reply: FastifyReply, log: Logger): FastifyReply {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    // Closing while the client still sends would reset the connection, and the client would not see the answer.
    reply.removeHeader('connection');
    const { status, body } = errorAnswer('BODY_TOO_LARGE');
    return reply.code(status).send(body);
  }
  const isClients = error.statusCode !== undefined && error.statusCode < 500;
  if (!isClients) log.error({ err: error }, 'a request met a defect');
  const { status, body } = errorAnswer(isClients ? 'MALFORMED_HTTP' : 'DEFECT');
  return reply.code(status).send(body);
}
