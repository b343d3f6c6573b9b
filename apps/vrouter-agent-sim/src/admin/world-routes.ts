import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Agent } from '../agent.ts';
import { errorAnswer } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import type { Outcome } from '../ports/model.ts';
import type { AdjustableClock } from './adjustable-clock.ts';
import { AdminRefusal, bodyOf, refusable } from './body.ts';
import type { Api } from '../profiles/profile.ts';
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
  readonly api: Api;
  readonly isStrict: boolean;
  /** Resolves when all work that was begun is done, down to the files. */
  readonly settled: () => Promise<void>;
}

/** All that an agent holds, to be read, replaced, swept or thrown away as one. */
export function worldRoutes(app: FastifyInstance, parts: WorldParts): void {
  const { agent, clock, requests, faults, api, isStrict, settled } = parts;
  const answered = async (reply: FastifyReply, outcome: Outcome): Promise<unknown> => {
    if (outcome.ok) {
      await settled();
      return {};
    }
    const { status, body } = errorAnswer(outcome.code, outcome.detail);
    return reply.code(status).send(body);
  };

  app.get('/admin/snapshot', async () => snapshotOf(agent, api, clock.now()));

  app.put(
    '/admin/snapshot',
    { bodyLimit: SNAPSHOT_BYTES_MAX },
    refusable(async (request, reply) => {
      const snapshot = bodyOf(request, Snapshot);
      const { subscriptions = [], config } = snapshot;
      refuseForeign(api, snapshot);
      const outcome = await agent.request({ kind: 'replace', ...contentsOf(snapshot, isStrict) });
      if (outcome.ok) {
        await api.subscriptions?.replace(subscriptions);
        if (config !== undefined) api.delivery?.restore(config);
      }
      return answered(reply, outcome);
    }),
  );

  app.post(
    '/admin/sweep',
    refusable(async (_request, reply) => answered(reply, await agent.request({ kind: 'sweep' }))),
  );

  app.post(
    '/admin/reset',
    refusable(async (_request, reply) => {
      faults.disarm();
      clock.unfreeze();
      requests.clear();
      api.delivery?.reset();
      await api.subscriptions?.replace([]);
      return answered(reply, await agent.request({ kind: 'replace', ...NOTHING }));
    }),
  );
}

/** Throws `AdminRefusal` BAD_BODY for what agents of this profile do not hold. */
function refuseForeign(api: Api, { subscriptions = [], config }: Snapshot): void {
  if (subscriptions.length > 0 && api.subscriptions === undefined)
    throw new AdminRefusal('BAD_BODY', 'subscriptions: this profile knows none');
  if (config !== undefined && api.delivery === undefined)
    throw new AdminRefusal('BAD_BODY', 'config: ports of this profile need no configuration');
}
