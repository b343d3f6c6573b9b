import type { Logger } from '@vrouter/service-kit';
import type { Agent } from '../agent.ts';
import { createApp, type App } from '../http/app.ts';
import type { Limits } from '../http/limits.ts';
import { portSubscriptionsXml } from './port-subscriptions.ts';

/** What operators of the real agent look at with a browser or with curl: its ports, and the generation of each. */
export function createIntrospectApp(agent: Agent, limits: Limits, log: Logger): App {
  const app = createApp(limits, log);
  app.routes.get('/Snh_FetchVmiPortSubscriptionReq', async (request, reply) => {
    const parameters = new URL(request.raw.url ?? '', 'http://agent').searchParams;
    const query = {
      interfaceName: parameters.get('ifname') ?? '',
      id: parameters.get('vmi_uuid')?.toLowerCase() ?? '',
    };
    return reply.type('text/xml').send(portSubscriptionsXml(agent.table.ports.values(), query));
  });
  return app;
}
