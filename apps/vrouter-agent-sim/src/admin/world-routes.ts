import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Agent } from '../agent.ts';
import { errorAnswer } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import type { Outcome } from '../ports/model.ts';
import type { AdjustableClock } from './adjustable-clock.ts';
import { bodyOf, refusable } from './body.ts';
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
  const answered = async (reply: FastifyReply, outcome: Outcome, success = {}): Promise<unknown> => {
    if (outcome.ok) {
      await settled();
      return success;
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
      const outcome = await agent.request({ kind: 'replace', ...contentsOf(snapshot, isStrict) });
      if (outcome.ok) {
        await api.subscriptions?.replace(subscriptions);
        if (config !== undefined) api.delivery?.restore(config);
      }
      const leftOut = foreignIn(api, snapshot);
      return answered(reply, outcome, leftOut.length > 0 ? { leftOut } : {});
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

interface LeftOut {
  readonly key: string;
  readonly reason: string;
}

/** What a snapshot of another profile holds, and agents of this one never can. */
function foreignIn(api: Api, { subscriptions = [], config }: Snapshot): LeftOut[] {
  const leftOut: LeftOut[] = [];
  if (subscriptions.length > 0 && api.subscriptions === undefined)
    leftOut.push({ key: 'subscriptions', reason: 'agents of this profile know no subscriptions of VMs' });
  if (config !== undefined && api.delivery === undefined)
    leftOut.push({
      key: 'config',
      reason: 'agents of this profile know no configuration by the control node',
    });
  return leftOut;
}
