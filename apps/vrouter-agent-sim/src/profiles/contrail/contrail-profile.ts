import type { Profile } from '../profile.ts';
import { ContrailApi } from './contrail-api.ts';
import { contrailDocument } from './openapi/document.ts';
import { PlainPortFiles } from './files/plain-port-files.ts';
import type { Release } from './release.ts';
import type { Route } from './rest/route.ts';

/** The real agent has no limit; nobody waits for the sweeps of more syncs than there are marks. */
const DEADLINES_MAX = 2 ** 16;

export interface ContrailProfile extends Profile {
  readonly routes: readonly Route[];
  readonly release: Release;
}

/** The real agent in one of its releases. */
export function contrailProfile(routes: readonly Route[], release: Release): ContrailProfile {
  return {
    routes,
    release,
    isStrict: false,
    tellsPorts: release.subscriptionRules !== undefined, // both came with R4.0
    title: release.title,
    author: '/usr/bin/contrail-vrouter-agent',
    rules: { add: release.add, generationsTold: release.generationsTold, deadlinesMax: DEADLINES_MAX },
    describe: (version) => contrailDocument(routes, release, version),
    openStore: (parts) =>
      new PlainPortFiles(parts, {
        format: release.portFiles,
        noticesShortWrites: release.noticesShortWrites,
        hasVmFolder: release.subscriptionRules !== undefined,
      }),
    createApi: (parts) => new ContrailApi(routes, release, parts),
  };
}
