import { parseGuid, type Problem } from '@vrouter/port-model';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Agent } from '../agent.ts';
import { errorAnswer } from '../errors.ts';
import type { Command, Outcome } from '../ports/model.ts';
import { wirePort } from '../ports/wire-port.ts';
import { portsOf } from './body.ts';

const SHOWN_CHARS_MAX = 80;

interface WithId {
  readonly Params: { readonly id: string };
}

/**
 * The port API as the blueprint asks for it: strict input, plain status codes. Handlers return nothing: fastify would
 * watch the whole answer of one that returns a promise or the reply, which costs more than the handler itself.
 */
export function blueprintRoutes(app: FastifyInstance, agent: Agent): void {
  const perform = (reply: FastifyReply, command: Command): void => {
    void agent.request(command).then((outcome) => answer(reply, outcome)); // never rejects
  };

  const withId =
    (use: (id: string, reply: FastifyReply) => void) =>
    (request: FastifyRequest<WithId>, reply: FastifyReply): void => {
      const id = parseGuid(request.params.id);
      if (id === undefined) return refuse(reply, 'INVALID_PORT_ID', undefined, [badId(request.params.id)]);
      request.journal.portIds = [id];
      use(id, reply);
    };

  app.post('/port', { config: { operation: 'add' } }, (request, reply) => {
    const read = portsOf(request.body as Buffer | undefined);
    if (!read.ok) return refuse(reply, read.code, read.detail, read.problems);
    request.journal.portIds = read.ports.map((port) => port.id);
    perform(reply, { kind: 'add', ports: read.ports });
  });

  app.get<WithId>(
    '/port/:id',
    { config: { operation: 'get' } },
    withId((id, reply) => {
      const entry = agent.port(id);
      if (entry === undefined) refuse(reply, 'PORT_NOT_FOUND', id);
      else void reply.send(wirePort(entry));
    }),
  );

  app.delete<WithId>(
    '/port/:id',
    { config: { operation: 'delete' } },
    withId((id, reply) => perform(reply, { kind: 'delete', id })),
  );

  app.post('/syncports', { config: { operation: 'sync' } }, (_request, reply) =>
    perform(reply, { kind: 'sync' }),
  );

  for (const kind of ['enable', 'disable'] as const) {
    app.put<WithId>(
      `/${kind}-port/:id`,
      { config: { operation: kind } },
      withId((id, reply) => perform(reply, { kind, id })),
    );
  }
}

function badId(text: string): Problem {
  const got = text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}...` : text;
  return { field: 'id', expected: 'a guid in the path', got: JSON.stringify(got) };
}

function answer(reply: FastifyReply, outcome: Outcome): void {
  if (outcome.ok) void reply.send({});
  else refuse(reply, outcome.code, outcome.detail);
}

function refuse(reply: FastifyReply, ...error: Parameters<typeof errorAnswer>): void {
  const { status, body } = errorAnswer(...error);
  void reply.code(status).send(body);
}
