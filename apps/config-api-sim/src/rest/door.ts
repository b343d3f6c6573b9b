import type { Clock } from '@vrouter/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Counters } from '../admin/counters.ts';
import { Refusal } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import type { Effect, Operation } from '../faults/rules.ts';
import { sendText } from '../http/app.ts';
import type { Tokens } from '../keystone/tokens.ts';
import type { TypeName } from '../model/types.ts';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: an empty body. */
  readonly json?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly operation: Operation;
  readonly type?: TypeName;
  /** Carries the request out. Throws `Refusal`. */
  readonly work: (request: FastifyRequest) => Answer;
}

export interface DoorOptions {
  readonly faults: Faults;
  readonly counters: Counters;
  readonly clock: Clock;
  /** Absent: everyone may come in. */
  readonly tokens?: Tokens | undefined;
}

type Late = Exclude<Effect, { kind: 'latency' }>;

/** What every request goes through: faults, the token, its work, faults again. */
export class Door {
  readonly #options: DoorOptions;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  route(app: FastifyInstance, { method, url, operation, type, work }: Route): void {
    const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      this.#pass(request, reply, { operation, type }, work);
    app.route({ method, url, config: { operation, type }, handler });
  }

  async #pass(
    request: FastifyRequest,
    reply: FastifyReply,
    target: { readonly operation: Operation; readonly type: TypeName | undefined },
    work: Route['work'],
  ): Promise<FastifyReply> {
    const effects = this.#options.faults.next(target);
    request.journal.faults = effects.map(({ kind }) => kind);
    for (const effect of effects) if (effect.kind === 'latency') await this.#wait(effect.delayMs);
    const failures = effects.filter((effect): effect is Late => effect.kind !== 'latency');
    const before = failures.find(({ when }) => when === 'before');
    if (before !== undefined) return this.#fail(request, reply, before);

    if (target.operation !== 'token') this.#authenticate(request, reply);
    const answer = work(request);
    const [after] = failures;
    if (after !== undefined) return this.#fail(request, reply, after);
    return send(reply, answer);
  }

  #authenticate(request: FastifyRequest, reply: FastifyReply): void {
    const { tokens } = this.#options;
    if (tokens === undefined || tokens.isValid(request.headers['x-auth-token'])) return;
    reply.header('WWW-Authenticate', `Keystone uri='http://${request.host}'`);
    throw new Refusal('UNAUTHENTICATED', 'Authentication required');
  }

  #fail(request: FastifyRequest, reply: FastifyReply, effect: Late): FastifyReply {
    if (effect.kind === 'status')
      return sendText(reply, effect.status, effect.text ?? 'A fault was asked for');
    this.#options.counters.answered(undefined);
    reply.hijack();
    request.socket.destroy();
    return reply;
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.#options.clock.schedule(delayMs, resolve));
  }
}

function send(reply: FastifyReply, { status = 200, headers = {}, json }: Answer): FastifyReply {
  reply.code(status).headers(headers);
  // Text, because fastify's own serializer knows nothing of numbers beyond JavaScript's.
  return json === undefined ? reply.send() : reply.type('application/json').send(JSON.stringify(json));
}
