import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Counters } from '../admin/counters.ts';
import type { RequestRecord, RequestRing } from '../admin/request-ring.ts';
import type { Operation } from '../faults/rules.ts';
import type { TypeName } from '../model/types.ts';

const BODY_CHARS_MAX = 4096;

declare module 'fastify' {
  interface FastifyRequest {
    /** What the admin API will tell of this request. */
    journal: RequestRecord;
  }
  interface FastifyContextConfig {
    readonly operation?: Operation;
    readonly type?: TypeName | undefined;
  }
}

export interface Journal {
  readonly ring: RequestRing;
  readonly counters: Counters;
  readonly now: () => number;
}

/** Enters every request of `app` on arrival, and its status before the answer leaves. */
export function keepJournal(app: FastifyInstance, { ring, counters, now }: Journal): void {
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;
  app.server.on('connection', (socket: Socket) => connections.set(socket, ++connectionCount));

  app.decorateRequest('journal');
  app.addHook('onRequest', async (request) => {
    const [path = '', ...query] = request.url.split('?');
    const { operation = null, type = null } = request.routeOptions.config;
    request.journal = ring.add({
      atMs: now(),
      connection: connections.get(request.socket) ?? 0,
      method: request.method,
      path,
      query: query.join('?'),
      operation,
      type,
    });
    const { uuid } = request.params as { uuid?: string };
    if (uuid !== undefined) request.journal.uuid = uuid;
    counters.arrived(request.journal);
  });
  app.addHook('preHandler', async (request) => {
    const body = request.body as string | undefined;
    // The bodies of token requests hold passwords.
    if (body === undefined || request.journal.operation === 'token') return;
    request.journal.body = body.slice(0, BODY_CHARS_MAX);
  });
  app.addHook('onSend', async (request, reply) => {
    request.journal.status = reply.statusCode;
    counters.answered(reply.statusCode);
  });
}
