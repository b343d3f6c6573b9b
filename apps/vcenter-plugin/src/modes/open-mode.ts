import { StartError, type Clock, type Logger } from '@vrouter/service-kit';
import type { AgentsView } from '../config-api/agents-view.ts';
import { openConfigApi } from '../config-api/open-client.ts';
import type { Config } from '../config.ts';
import { configApiWithFailpoints } from '../failpoints/clients.ts';
import type { Failpoints } from '../failpoints/failpoints.ts';
import { AsComputeMode } from './as-compute-mode.ts';
import type { Mode } from './mode.ts';
import { standaloneMode } from './standalone-mode.ts';
import { VcenterOnlyMode } from './vcenter-only-mode.ts';

/** What a mode may need of the rest of the plugin. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Logger;
  readonly failpoints: Failpoints;
  readonly agents: AgentsView;
}

/** The mode that the configuration names. Nothing is sent before it is started. Throws `StartError`. */
export function openMode({ mode, lifecycle, configApi, brake }: Config, surroundings: Surroundings): Mode {
  if (mode === 'standalone') return standaloneMode(lifecycle);
  if (configApi === undefined) throw new StartError('BAD_CONFIG', `mode ${mode}: expected configApi`);
  const { clock, log, failpoints, agents } = surroundings;
  const api = configApiWithFailpoints(openConfigApi(configApi, clock), failpoints);
  const rereadMs = configApi.reread * 1000;
  const parts = { api, clock, log, lifecycle, rereadMs };
  if (mode === 'vcenter-as-compute') return new AsComputeMode(parts);
  const { networks: addresses, connections: concurrency } = configApi;
  const { count, share, hold } = brake;
  return new VcenterOnlyMode({
    ...parts,
    agents,
    addresses,
    concurrency,
    brake: { count, share, holdMs: hold * 1000 },
  });
}
