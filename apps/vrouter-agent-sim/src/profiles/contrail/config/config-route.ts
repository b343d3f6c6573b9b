import type { FastifyInstance } from 'fastify';
import type { ConfigDelivery } from './config-delivery.ts';
import { requestConfig } from './config-request.ts';

/** `POST /admin/config`, for the operators' listener: what the control node delivers, and to which ports. */
export function configRoute(app: FastifyInstance, delivery: ConfigDelivery | undefined): void {
  app.post('/admin/config', async (request, reply) => {
    const answer = requestConfig(delivery, jsonOf(request.body));
    return reply.code(answer.status).send(answer.status === 200 ? {} : { error: answer.error });
  });
}

/** undefined for what is none: the check says what it expected. */
function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(String(body)) as unknown;
  } catch {
    return undefined;
  }
}
