import type { FastifyInstance } from 'fastify';

/** For those who start and watch processes. `notReadyReasons`: why it does not serve, if it does not. */
export function healthRoutes(app: FastifyInstance, notReadyReasons: () => readonly string[]): void {
  app.get('/healthz', async () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const reasons = notReadyReasons();
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
}
