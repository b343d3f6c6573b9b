import { randomUUID } from 'node:crypto';
import { listen, lockFolder, type Clock, type Logger } from '@vrouter/service-kit';
import { Counters } from './admin/counters.ts';
import { RequestRing } from './admin/request-ring.ts';
import { adminRoutes } from './admin/routes.ts';
import { ConfigApi } from './config-api.ts';
import type { Config } from './config.ts';
import { Faults } from './faults/faults.ts';
import { createApp } from './http/app.ts';
import { keystoneRoutes } from './keystone/routes.ts';
import { Tokens } from './keystone/tokens.ts';
import { Door } from './rest/door.ts';
import { keepJournal } from './rest/journal.ts';
import { configApiRoutes } from './rest/routes.ts';
import { openObjectStore } from './store/object-store.ts';

export interface World {
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RunningServer {
  readonly url: string;
  readonly adminUrl: string;
  /** Finishes what is in progress, then lets go of everything. */
  stop(): Promise<void>;
}

/** Loads what was saved, and only then opens the API. Throws `StartError` and leaves nothing open. */
export async function startServer(config: Config, { clock, log }: World): Promise<RunningServer> {
  const lock = lockFolder(config.stateDir, 'config-api-sim');
  const opened: (() => Promise<void>)[] = [async () => lock.release()];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  try {
    const store = openObjectStore(config.stateDir);
    opened.push(async () => store.close());
    const now = (): number => clock.now();
    const api = new ConfigApi({ store, now, newUuid: randomUUID });
    log.info({ objects: api.snapshot().length }, 'objects loaded');

    const { limits, keystone } = config;
    const notReady = new Set(['the config API is not open yet']);
    const [faults, counters] = [new Faults(), new Counters()];
    const requests = new RequestRing(config.requestsRemembered);
    const lifetimeMs = keystone.tokenLifetime * 1000;
    const tokens = new Tokens({ lifetimeMs, now, newId: () => randomUUID().replaceAll('-', '') });
    const opening = { clock, stopMsMax: limits.stopMsMax };

    const adminApp = createApp(limits, limits.snapshotBytesMax, log);
    adminRoutes(adminApp, { api, requests, counters, faults, tokens, notReadyReasons: () => [...notReady] });
    const admin = await listen(adminApp, config.adminListen, opening);
    opened.push(() => admin.stop());

    const app = createApp(limits, limits.bodyBytesMax, log);
    keepJournal(app, { ring: requests, counters, now });
    const door = new Door({
      faults,
      counters,
      clock,
      tokens: config.auth === 'keystone' ? tokens : undefined,
    });
    for (const route of [...configApiRoutes(api), ...keystoneRoutes(keystone.accounts, tokens)]) {
      door.route(app, route);
    }
    const rest = await listen(app, config.listen, opening);
    opened.push(() => rest.stop());
    notReady.clear();

    return {
      url: rest.url,
      adminUrl: admin.url,
      stop: async () => {
        notReady.add('the server is stopping');
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
