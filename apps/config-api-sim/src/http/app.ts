import type { Logger } from '@vrouter/service-kit';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { CONFIG_API_ERRORS, Refusal } from '../errors.ts';
import { hrefOf } from './hrefs.ts';
import type { Limits } from './limits.ts';

/** A server with our limits and plain-text errors, and no routes yet. Bodies reach the routes as text. */
export function createApp(limits: Limits, bodyBytesMax: number, log: Logger): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: limits.requestMsMax,
    keepAliveTimeout: limits.keepAliveMs,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: limits.headerBytesMax },
    http: { maxHeaderSize: limits.headerBytesMax, headersTimeout: limits.requestMsMax },
  });
  app.server.maxConnections = limits.connectionsMax;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((request, reply) =>
    sendText(reply, CONFIG_API_ERRORS.UNKNOWN_ROUTE.status, `Not found: '${request.url.split('?')[0]}'`),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(error, request, reply, log));
  return app;
}

/** Errors are plain text under the type that the real server's framework gives to all texts. */
export function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/html; charset=UTF-8').send(text);
}

function sendError(
  error: FastifyError | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  if (error instanceof Refusal) {
    if (error.code === 'NOT_SAVED') log.error({ err: error }, 'a change was not saved');
    return sendText(reply, error.status, refusalText(error, request));
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return sendText(reply, CONFIG_API_ERRORS.BODY_TOO_LARGE.status, 'The body is too large');
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendText(reply, error.statusCode, error.message);
  }
  log.error({ err: error }, 'a request met a defect');
  return sendText(reply, CONFIG_API_ERRORS.DEFECT.status, `The server has a defect: ${error.message}`);
}

/** The text, with the addresses of what stands in the way as Python prints a list. */
function refusalText({ message, hindrances }: Refusal, request: FastifyRequest): string {
  if (hindrances.length === 0) return message;
  const href = hrefOf(request);
  return `${message}[${hindrances.map(({ type, uuid }) => `'${href(type, uuid)}'`).join(', ')}]`;
}
