import type { Logger, ServerTls } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { adminErrorAnswer } from '../errors.ts';
import { createApp, type App } from '../http/app.ts';
import type { OpenAgent } from '../open-agent.ts';
import { configRoute } from '../profiles/contrail/config/config-route.ts';
import { ownVersion } from '../own-version.ts';
import { docsRoutes } from './docs-page.ts';
import { healthRoutes } from './health-routes.ts';
import { adminRoutes } from './routes.ts';

export interface AdminAppParts {
  readonly log: Logger;
  readonly notReadyReasons: () => readonly string[];
  readonly tls?: ServerTls | undefined;
}

/**
 * The operators' listener for all agents of the process: each under `/agents/NAME`, a single one also without that.
 */
export function createAdminApp(
  agents: readonly OpenAgent[],
  { limits, profile }: Config,
  { log, notReadyReasons, tls }: AdminAppParts,
): App {
  const app = createApp(limits, log, tls);
  healthRoutes(app.routes, notReadyReasons);
  docsRoutes(app.routes, ownVersion(), profile);
  app.routes.get('/agents', async () => ({ agents: agents.map(({ config }) => ({ name: config.name })) }));
  const isSingle = agents.length === 1;
  for (const { admin, api, config } of agents) {
    const prefixes = isSingle ? ['', `/agents/${config.name}`] : [`/agents/${config.name}`];
    for (const prefix of prefixes) {
      app.routes.register(
        async (scope) => {
          adminRoutes(scope, admin, api);
          configRoute(scope, api.delivery);
        },
        { prefix },
      );
    }
  }
  if (!isSingle) {
    const { status, body } = adminErrorAnswer('AGENT_UNNAMED');
    app.routes.all('/admin/*', (_request, reply) => reply.code(status).send(body));
  }
  return app;
}
