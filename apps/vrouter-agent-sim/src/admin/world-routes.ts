import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Agent } from '../agent.ts';
import { errorAnswer } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import type { Command } from '../ports/model.ts';
import type { AdjustableClock } from './adjustable-clock.ts';
import { bodyOf, refusable } from './body.ts';
import type { RequestRing } from './request-ring.ts';
import { contentsOf, Snapshot, snapshotOf } from './snapshot.ts';

/** 100,000 ports are some 50 MB. */
const SNAPSHOT_BYTES_MAX = 512 * 1024 * 1024;
const NOTHING = { generation: 0, deadlines: [], entries: [] } as const;

export interface WorldParts {
  readonly agent: Agent;
  readonly clock: AdjustableClock;
  readonly requests: RequestRing;
  readonly faults: Faults;
}

/** All that an agent holds, to be read, replaced, swept or thrown away as one. */
export function worldRoutes(app: FastifyInstance, { agent, clock, requests, faults }: WorldParts): void {
  const perform = async (reply: FastifyReply, command: Command): Promise<unknown> => {
    const outcome = await agent.request(command);
    if (outcome.ok) return {};
    const { status, body } = errorAnswer(outcome.code, outcome.detail);
    return reply.code(status).send(body);
  };

  app.get('/admin/snapshot', async () => snapshotOf(agent, clock.now()));

  app.put(
    '/admin/snapshot',
    { bodyLimit: SNAPSHOT_BYTES_MAX },
    refusable((request, reply) =>
      perform(reply, { kind: 'replace', ...contentsOf(bodyOf(request, Snapshot)) }),
    ),
  );

  app.post('/admin/sweep', (_request, reply) => perform(reply, { kind: 'sweep' }));

  app.post('/admin/reset', (_request, reply) => {
    faults.disarm();
    clock.unfreeze();
    requests.clear();
    return perform(reply, { kind: 'replace', ...NOTHING });
  });
}
