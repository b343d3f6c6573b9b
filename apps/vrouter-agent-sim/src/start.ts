import { join } from 'node:path';
import type { Clock, ListenAddress, Logger } from '@vrouter/service-kit';
import { adminRoutes } from './admin/routes.ts';
import { RequestRing } from './admin/request-ring.ts';
import { Agent } from './agent.ts';
import type { Config } from './config.ts';
import { createApp, type App } from './http/app.ts';
import { listen, type Listener } from './http/listen.ts';
import { createIntrospectApp } from './introspect/introspect-app.ts';
import type { Rules } from './ports/protocol.ts';
import { configRoute } from './profiles/contrail/config/config-route.ts';
import type { Profile } from './profiles/profile.ts';
import { PROFILES } from './profiles/profiles.ts';
import type { FileSystem } from './store/file-system.ts';
import { openFolders } from './store/folders.ts';
import type { Loaded } from './store/store.ts';

/** Some ten milliseconds of work for a disk. */
const SWEEP_SLICE_MAX = 128;
const SWEEP_RETRY_MS = 1000;
const NOT_LOADED = 'the REST API is not open yet, or the ports are not loaded';

export interface World {
  readonly clock: Clock;
  readonly files: FileSystem;
  readonly log: Logger;
  /** Whether the operating system has such an interface; asks it when absent. */
  readonly interfaceExists?: (name: string) => boolean;
}

export interface RunningAgent {
  readonly url: string;
  readonly adminUrl: string;
  /** undefined when nobody asked for it. */
  readonly introspectUrl: string | undefined;
  /** Resolves when the ports of earlier lives are in the table; some profiles serve before. */
  readonly loaded: Promise<void>;
  /** Finishes what is in progress, then lets go of everything. */
  stop(): Promise<void>;
}

/** Opens folders and listeners, in the order of the profile. Throws `StartError` and leaves nothing open. */
export async function startAgent(config: Config, world: World): Promise<RunningAgent> {
  const { stateDir, portsDir = join(stateDir, 'ports') } = config;
  const profile: Profile = PROFILES[config.profile];
  const folders = await openFolders(world.files, { stateDir, portsDir });
  const opened: (() => Promise<void>)[] = [async () => folders.release()];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  try {
    const parts = {
      ...world,
      config,
      places: folders.places,
      author: config.author ?? profile.author,
      now: () => world.clock.now(),
    };
    const store = profile.openStore(parts);
    const loaded = await store.load();
    opened.push(async () => store.close?.());
    report(loaded, world.log);
    const rules = { ...rulesOf(config, store.batchCommandsMax), ...profile.rules };
    const agent = new Agent({ store, loaded, rules, clock: world.clock, log: world.log });
    opened.push(() => agent.stop());
    const notReady = new Set([NOT_LOADED]);
    const requests = new RequestRing(config.requestsRemembered);
    const api = profile.createApi({ ...parts, agent, requests });

    const adminApp = createApp(config.limits, world.log);
    adminRoutes(adminApp.routes, {
      agent,
      requests,
      setAside: loaded.setAside,
      notReadyReasons: () => [...notReady, ...(store.problems?.() ?? [])],
    });
    configRoute(adminApp.routes, api.delivery);
    const admin = await open(adminApp, config.adminListen);

    const introspect =
      config.introspectListen &&
      (await open(createIntrospectApp(agent, config.limits, world.log), config.introspectListen));
    const rest = await api.listen(config.listen);
    opened.push(() => rest.stop());
    const reloaded = api.reload().then(() => void notReady.delete(NOT_LOADED));
    reloaded.catch(() => undefined); // the caller of `loaded` hears of it

    return {
      url: rest.url,
      adminUrl: admin.url,
      introspectUrl: introspect?.url,
      loaded: reloaded,
      stop: async () => {
        notReady.add('the agent is stopping');
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }

  async function open(app: App, address: ListenAddress): Promise<Listener> {
    const listener = await listen(app, address, { clock: world.clock, stopMsMax: config.limits.stopMsMax });
    opened.push(() => listener.stop());
    return listener;
  }
}

function rulesOf(config: Config, batchCommandsMax: number): Omit<Rules, keyof Profile['rules']> {
  return {
    staleTimeoutMs: config.staleTimeout * 1000,
    batchCommandsMax,
    queueLengthMax: config.limits.queueLengthMax,
    sweepSliceMax: SWEEP_SLICE_MAX,
    sweepRetryMs: SWEEP_RETRY_MS,
  };
}

function report(loaded: Loaded, log: Logger): void {
  for (const { name, reason, path } of loaded.setAside)
    log.error({ name, reason, path }, 'a file was set aside');
  log.info(
    { ports: loaded.ports.length, generation: loaded.generation, pending: loaded.pending },
    'ports loaded',
  );
}
