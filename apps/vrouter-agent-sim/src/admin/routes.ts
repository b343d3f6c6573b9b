import type { Clock } from '@vrouter/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Agent } from '../agent.ts';
import type { Faults } from '../faults/faults.ts';
import type { Api } from '../profiles/profile.ts';
import type { SetAside } from '../store/store.ts';
import type { AdjustableClock } from './adjustable-clock.ts';
import { clockRoutes } from './clock-route.ts';
import { faultsRoutes } from './faults-route.ts';
import type { RequestRing } from './request-ring.ts';
import { requestsRoute } from './requests-route.ts';
import { settle } from './settle.ts';
import { portsOf } from './snapshot.ts';
import { worldRoutes } from './world-routes.ts';

export interface Admin {
  readonly agent: Agent;
  readonly requests: RequestRing;
  readonly setAside: readonly SetAside[];
  /** The agent's time. */
  readonly clock: AdjustableClock;
  /** Time that goes by whatever the agent's does. */
  readonly realClock: Clock;
  readonly faults: Faults;
  /** Resolves when port files hold what was saved before, as far as the disk lets them. */
  readonly filesWritten: () => Promise<void>;
  /** Whether its ports must be valid. */
  readonly isStrict: boolean;
}

/** What operators and tests may see and do to one agent; never on the clients' listener. */
export function adminRoutes(app: FastifyInstance, admin: Admin, api: Api): void {
  const { agent, requests, setAside } = admin;

  app.get('/admin/state', async () => ({
    generation: agent.table.generation,
    deadlines: agent.table.deadlines.map((deadline) => deadline.atMs),
    ports: portsOf(agent.table),
    setAside,
  }));

  requestsRoute(app, requests);
  const settled = () => settle({ ...admin, subscriptions: api.subscriptions });
  clockRoutes(app, { ...admin, settled });
  worldRoutes(app, { ...admin, api, settled });
  faultsRoutes(app, admin.faults);
}
