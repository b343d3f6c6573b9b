import { StartError, type Clock, type Logger } from '@vrouter/service-kit';
import type { AgentsView } from '../config-api/agents-view.ts';
import { openConfigApi } from '../config-api/open-client.ts';
import type { Config } from '../config.ts';
import { AsComputeMode } from './as-compute-mode.ts';
import type { Mode } from './mode.ts';
import { standaloneMode } from './standalone-mode.ts';
import { VcenterOnlyMode } from './vcenter-only-mode.ts';

/** The mode that the configuration names. Nothing is sent before it is started. Throws `StartError`. */
export function openMode(
  { mode, lifecycle, configApi }: Config,
  clock: Clock,
  log: Logger,
  agents: AgentsView,
): Mode {
  if (mode === 'standalone') return standaloneMode(lifecycle);
  if (configApi === undefined) throw new StartError('BAD_CONFIG', `mode ${mode}: expected configApi`);
  const api = openConfigApi(configApi, clock);
  const rereadMs = configApi.reread * 1000;
  const parts = { api, clock, log, lifecycle, rereadMs };
  if (mode === 'vcenter-as-compute') return new AsComputeMode(parts);
  const { networks: addresses, connections: concurrency } = configApi;
  return new VcenterOnlyMode({ ...parts, agents, addresses, concurrency });
}
