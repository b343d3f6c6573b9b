import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConfigApi } from '../config-api.ts';
import { Refusal } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import { FaultPlan } from '../faults/rules.ts';
import type { Tokens } from '../keystone/tokens.ts';
import { TYPE_NAMES } from '../model/types.ts';
import type { Counters } from './counters.ts';
import type { RequestRing } from './request-ring.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

export interface Admin {
  readonly api: ConfigApi;
  readonly requests: RequestRing;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly tokens: Tokens;
  /** Why the server does not serve, if it does not. */
  readonly notReadyReasons: () => readonly string[];
}

/** What operators and tests may see and do; never on the clients' listener. */
export function adminRoutes(
  app: FastifyInstance,
  { api, requests, counters, faults, tokens, notReadyReasons }: Admin,
): void {
  app.get('/healthz', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const reasons = notReadyReasons();
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });

  app.get('/admin/requests', async () => requests.read());
  app.delete('/admin/requests', async () => {
    requests.clear();
    counters.clear();
    return {};
  });
  app.get('/admin/counters', async () => ({
    requests: counters.read(),
    objects: Object.fromEntries(TYPE_NAMES.map((type) => [type, api.state.graph.count(type)])),
    addressesTaken: api.state.addresses.takenCount(),
  }));

  app.get('/admin/faults', async () => faults.read());
  app.put('/admin/faults', (request, reply) => {
    const parsed = FaultPlan.safeParse(parseJson(request.body));
    if (!parsed.success) throw new Refusal('BAD_BODY', z.prettifyError(parsed.error));
    faults.set(parsed.data);
    return reply.send(faults.read());
  });
  app.delete('/admin/faults', async () => {
    faults.clear();
    return faults.read();
  });

  app.get('/admin/snapshot', async () => writeSnapshot(api.snapshot()));
  app.put('/admin/snapshot', (request, reply) => {
    const objects = readSnapshot(parseJson(request.body));
    api.load(objects);
    return reply.send({ objects: objects.length });
  });
  app.post('/admin/reset', async () => {
    api.reset();
    faults.clear();
    requests.clear();
    counters.clear();
    return {};
  });
  app.post('/admin/revoke-tokens', async () => ({ revoked: tokens.revokeAll() }));
}

function parseJson(body: unknown): unknown {
  try {
    return JSON.parse((body as string | undefined) ?? '');
  } catch (error) {
    throw new Refusal('BAD_BODY', `Expected JSON: ${(error as Error).message}`);
  }
}
