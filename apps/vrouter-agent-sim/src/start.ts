import {
  listen,
  readServerTls,
  type ListenAddress,
  type Listener,
  type TlsFiles,
  type TlsKeys,
} from '@vrouter/service-kit';
import { createAdminApp } from './admin/admin-app.ts';
import type { Config } from './config.ts';
import { configsOfAgents } from './fleet/configs-of-agents.ts';
import { lockRoots } from './fleet/lock-roots.ts';
import type { App } from './http/app.ts';
import { createIntrospectApp } from './introspect/introspect-app.ts';
import { openIntrospection } from './introspect/open-introspection.ts';
import { metricsRoute } from './metrics/metrics-route.ts';
import { Metrics } from './metrics/metrics.ts';
import { PROFILES } from './profiles/profiles.ts';
import { openAgent, type OpenAgent, type World } from './open-agent.ts';

export type { World } from './open-agent.ts';

const NOT_LOADED = 'the REST API is not open yet, or the ports are not loaded';

export interface NamedAgent {
  readonly name: string;
  readonly url: string;
  /** What stands before `/admin/...` for this agent. */
  readonly adminUrl: string;
  /** undefined when it is not open. */
  readonly introspectUrl: string | undefined;
}

export interface RunningAgents {
  /** Of the first agent. */
  readonly url: string;
  readonly adminUrl: string;
  readonly introspectUrl: string | undefined;
  readonly agents: readonly NamedAgent[];
  /** Resolves when the ports of earlier lives are in the tables; some profiles serve before. */
  readonly loaded: Promise<void>;
  /** Finishes what is in progress, then lets go of everything. */
  stop(): Promise<void>;
}

/** Opens folders and listeners, in the order of the profile. Throws `StartError` and leaves nothing open. */
export async function startAgent(config: Config, world: World): Promise<RunningAgents> {
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  const tls = readServerTls(...tlsOf(config, 'tls'));
  const adminTls = readServerTls(...tlsOf(config, 'adminTls'));
  const metrics = new Metrics();
  const notReady = new Set([NOT_LOADED]);
  try {
    const all: OpenAgent[] = [];
    const configs = configsOfAgents(config);
    if (config.agents > 1) {
      const roots = lockRoots(config);
      opened.push(async () => roots.release());
    }
    for (const one of configs) {
      const log = config.agents === 1 ? world.log : world.log.child({ agent: one.name });
      const agent = await openAgent(one, { ...world, log, tls }, metrics);
      opened.push(() => agent.close());
      all.push(agent);
    }
    const notReadyReasons = (): string[] => [...notReady, ...all.flatMap((one) => one.problems())];
    const adminApp = createAdminApp(all, config, { log: world.log, notReadyReasons, tls: adminTls });
    metricsRoute(adminApp.routes, metrics.registry);
    const admin = await open(adminApp, config.adminListen);
    const agents: NamedAgent[] = [];
    for (const one of all) agents.push(await serve(one, admin.url));
    const reloaded = Promise.all(all.map((one) => one.api.reload())).then(() => {
      notReady.delete(NOT_LOADED);
      for (const one of all) one.forward();
    });
    reloaded.catch(() => undefined); // the caller of `loaded` hears of it

    return {
      url: agents[0]?.url ?? '',
      adminUrl: admin.url,
      introspectUrl: agents[0]?.introspectUrl,
      agents,
      loaded: reloaded,
      stop: async () => {
        notReady.add('the agent is stopping');
        for (const { admin: one } of all) one.faults.disarm(); // nobody waits for them any more
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }

  async function serve({ config: own, admin, api }: OpenAgent, adminUrl: string): Promise<NamedAgent> {
    const rest = await api.listen(own.listen);
    opened.push(() => rest.stop());
    const introspect = await openIntrospection(own, world.log, (address) =>
      open(createIntrospectApp({ ...admin, ...PROFILES[own.profile] }, own.limits, world.log), address),
    );
    return {
      name: own.name,
      url: rest.url,
      adminUrl: `${adminUrl}/agents/${encodeURIComponent(own.name)}`,
      introspectUrl: introspect?.url,
    };
  }

  async function open(app: App, address: ListenAddress): Promise<Listener> {
    const { routes, connections } = app;
    const { stopMsMax } = config.limits;
    const listener = await listen(routes, address, { clock: world.clock, stopMsMax, connections });
    opened.push(() => listener.stop());
    return listener;
  }
}

/** The settings of a listener's TLS, and their names. */
function tlsOf(config: Config, prefix: 'tls' | 'adminTls'): [TlsFiles, TlsKeys] {
  const keys = {
    cert: `${prefix}Cert`,
    key: `${prefix}Key`,
    clientCa: `${prefix}ClientCa`,
  } as const;
  return [{ cert: config[keys.cert], key: config[keys.key], clientCa: config[keys.clientCa] }, keys];
}
