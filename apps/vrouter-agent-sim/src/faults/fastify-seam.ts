import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, HttpSeam, Intercept } from './seam.ts';
import { socketWire } from './socket-wire.ts';

const TYPE = 'application/json; charset=utf-8';

/** An answer on its way out, and what lets it go on. */
interface Held {
  readonly answer: Answer;
  readonly pass: (body?: string) => void;
}

/** Lets `seam` take part in every request of `app`; call it after all other hooks are set. */
export function attachSeam(app: FastifyInstance, seam: HttpSeam): void {
  const holders = new WeakMap<FastifyRequest, (held: Held) => void>();

  app.addHook('preHandler', (request, reply, done) => {
    if (seam.intercept === undefined) {
      done();
      return;
    }
    void faulted(seam.intercept, request, reply, () => {
      return new Promise((resolve) => {
        holders.set(request, resolve);
        done();
      });
    });
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const hold = holders.get(request);
    if (hold === undefined) {
      done(null, payload);
      return;
    }
    holders.delete(request);
    const answer = { status: reply.statusCode, body: String(payload) };
    hold({ answer, pass: (body) => done(null, body ?? payload) });
  });
}

async function faulted(
  intercept: Intercept,
  request: FastifyRequest,
  reply: FastifyReply,
  perform: () => Promise<Held>,
): Promise<void> {
  let held: Held | undefined;
  const { method, ip: client, raw } = request;
  const seen = {
    method,
    path: (raw.url ?? '').split('?')[0] ?? '',
    body: (request.body as Buffer | undefined)?.toString() ?? '',
    client,
  };
  const answer = await intercept(
    seen,
    async () => {
      held = await perform();
      return held.answer;
    },
    socketWire(raw.socket, bytesOf),
  );
  if (answer === undefined) reply.hijack();
  else if (held === undefined) void reply.code(answer.status).type(TYPE).send(answer.body);
  else if (answer === held.answer) held.pass();
  else {
    reply.code(answer.status);
    held.pass(answer.body);
  }
}

function bytesOf({ status, body }: Answer): Buffer {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `content-type: ${TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
