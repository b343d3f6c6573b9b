import { openApiDocument } from '@vrouter/port-model';
import { listen } from '@vrouter/service-kit';
import { attachSeam } from '../faults/fastify-seam.ts';
import { createApp } from '../http/app.ts';
import { update } from '../ports/add-rule.ts';
import { blueprintRoutes } from '../rest/blueprint.ts';
import { keepJournal } from '../rest/journal.ts';
import { openStore } from '../store/open-store.ts';
import type { Profile } from './profile.ts';

/** The agent that the blueprint asks for: strict, durable, and without the real one's defects. */
export const blueprint: Profile = {
  isStrict: true,
  tellsPorts: true,
  title: 'what the blueprint asks for: strict input, nothing acknowledged is ever lost',
  author: 'vrouter-agent-sim',
  describe: async (version) => openApiDocument(version),
  rules: { add: update, generationsTold: Infinity, deadlinesMax: 1000 },
  openStore: (parts) => openStore(parts.config.durability, parts),
  createApi: ({ agent, requests, config, clock, now, seam, tls, log }) => {
    const app = createApp(config.limits, log, tls);
    keepJournal(app.routes, requests, now);
    attachSeam(app.routes, seam);
    blueprintRoutes(app.routes, agent);
    return {
      listen: (address) =>
        listen(app.routes, address, {
          clock,
          stopMsMax: config.limits.stopMsMax,
          connections: app.connections,
        }),
      reload: async () => undefined,
    };
  },
};
