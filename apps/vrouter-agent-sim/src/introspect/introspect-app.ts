import type { Logger } from '@vrouter/service-kit';
import type { Agent } from '../agent.ts';
import { createApp, type App } from '../http/app.ts';
import type { Limits } from '../http/limits.ts';
import { readUuid } from '../profiles/contrail/values/uuid.ts';
import { indexPage, PORT_IPC_MODULE } from './modules.ts';
import { portSubscriptionsXml } from './port-subscriptions.ts';
import { STYLESHEET } from './stylesheet.ts';

export interface IntrospectParts {
  readonly agent: Agent;
  /** Whether the release tells of its ports; if not there is the index alone. */
  readonly tellsPorts: boolean;
}

/** What operators of the real agent look at with a browser or with curl: its ports, and the generation of each. */
export function createIntrospectApp(
  { agent, tellsPorts }: IntrospectParts,
  limits: Limits,
  log: Logger,
): App {
  const app = createApp(limits, log);
  const { routes } = app;
  const index = indexPage(tellsPorts ? ['port_ipc.xml'] : []);
  routes.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(index));
  routes.get('/universal_parse.xsl', async (_request, reply) => reply.type('text/xsl').send(STYLESHEET));
  if (!tellsPorts) return app;

  routes.get('/port_ipc.xml', async (_request, reply) => reply.type('text/xml').send(PORT_IPC_MODULE));
  routes.get('/Snh_FetchVmiPortSubscriptionReq', async (request, reply) => {
    const parameters = new URL(request.raw.url ?? '', 'http://agent').searchParams;
    const query = {
      interfaceName: parameters.get('ifname') ?? '',
      id: readUuid(parameters.get('vmi_uuid') ?? ''),
    };
    return reply.type('text/xml').send(portSubscriptionsXml(agent.table.ports.values(), query));
  });
  return app;
}
