import type { Socket } from 'node:net';
import type { Operation } from '@vrouter/port-model';
import type { FastifyInstance } from 'fastify';
import type { RequestRecord, RequestRing } from '../admin/request-ring.ts';

const BODY_CHARS_MAX = 4096;

declare module 'fastify' {
  interface FastifyRequest {
    /** What the admin API will tell of this request. */
    journal: RequestRecord;
  }
  interface FastifyContextConfig {
    readonly operation?: Operation;
  }
}

/** Enters every request of `app` into `ring`: on arrival, and once it is answered, even if nobody hears the answer. */
export function keepJournal(app: FastifyInstance, ring: RequestRing, now: () => number): void {
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;
  app.server.on('connection', (socket: Socket) => connections.set(socket, ++connectionCount));

  app.decorateRequest('journal');
  app.addHook('onRequest', (request, _reply, done) => {
    const url = request.raw.url ?? '';
    const pathLength = url.includes('?') ? url.indexOf('?') : url.length;
    request.journal = ring.add({
      atMs: now(),
      connection: connections.get(request.socket) ?? 0,
      method: request.method,
      path: url.slice(0, pathLength),
      query: url.slice(pathLength + 1),
      operation: request.routeOptions.config.operation ?? null,
    });
    done();
  });
  app.addHook('preHandler', (request, _reply, done) => {
    const body = request.body as Buffer | undefined;
    if (body !== undefined) request.journal.body = body.toString('utf8', 0, BODY_CHARS_MAX);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    ring.answered(request.journal, reply.statusCode);
    done(null, payload);
  });
}
