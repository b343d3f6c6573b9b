import type { FastifyInstance } from 'fastify';
import type { Agent } from '../agent.ts';
import { errorAnswer } from '../errors.ts';
import { isSeen } from '../ports/model.ts';
import { wirePort } from '../ports/wire-port.ts';
import type { SetAside } from '../store/store.ts';
import type { RequestRing } from './request-ring.ts';

export interface Admin {
  readonly agent: Agent;
  readonly requests: RequestRing;
  readonly setAside: readonly SetAside[];
  /** Why the agent does not serve, if it does not. */
  readonly notReadyReasons: () => readonly string[];
}

/** What operators and tests may see and do; never on the clients' listener. */
export function adminRoutes(
  app: FastifyInstance,
  { agent, requests, setAside, notReadyReasons }: Admin,
): void {
  app.get('/healthz', async () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const reasons = notReadyReasons();
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });

  app.get('/admin/state', async () => ({ ...stateOf(agent), setAside }));

  app.get('/admin/requests', async () => requests.read());

  app.post('/admin/sweep', async (_request, reply) => {
    const outcome = await agent.request({ kind: 'sweep' });
    if (outcome.ok) return {};
    const { status, body } = errorAnswer(outcome.code, outcome.detail);
    return reply.code(status).send(body);
  });
}

function stateOf({ table }: Agent): Record<string, unknown> {
  const ports = [...table.ports.values()].map((entry) => ({
    id: entry.port.id,
    seen: isSeen(table, entry),
    generation: entry.generation,
    linkState: entry.linkState,
    port: wirePort(entry),
  }));
  return {
    generation: table.generation,
    deadlines: table.deadlines.map((deadline) => deadline.atMs),
    ports: ports.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
