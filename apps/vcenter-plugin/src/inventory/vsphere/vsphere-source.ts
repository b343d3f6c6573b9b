import { StartError, type Clock, type Logger } from '@vrouter/service-kit';
import {
  VsphereError,
  watchVcenter,
  type Scope,
  type Watch,
  type WatchListener,
  type WatchOptions,
  type WatchStatus,
} from '@vrouter/vsphere-client';
import { vspherePassword, type VsphereConfig } from '../../config.ts';
import { readTls } from '../../tls-section.ts';
import type { Inventory, InventorySource, InventoryState } from '../model.ts';
import type { AgentVmRule } from './agent-vms.ts';
import { PictureReader, type EarlierLife } from './picture-reader.ts';

export interface SourceOptions
  extends Pick<WatchOptions, 'pollSeconds' | 'rereadMs' | 'ipPools'>, EarlierLife {}

const AGENT_VM: AgentVmRule = { name: 'contrailVM', fabricNetwork: 'contrail-fab-pg' };

/**
 * The inventory of a live vCenter. While vCenter is away the listener hears why, and hears no inventory until
 * everything was read again. Throws `StartError` when the configuration names files that cannot be read.
 */
export function vsphereSource(
  config: VsphereConfig,
  clock: Clock,
  log: Logger,
  { knownBefore, agents, ...pace }: SourceOptions = {},
): InventorySource {
  const { agentVm = AGENT_VM } = config;
  const scope: Scope = {
    ...(config.datacenter !== undefined && { datacenter: config.datacenter }),
    ...config.scope,
  };
  const options: WatchOptions = {
    url: config.url,
    username: config.username,
    password: vspherePassword(config),
    tls: readTls(config.tls, 'inventory.tls'),
    clock,
    scope,
    ...pace,
  };
  const someSwitches = (scope.switch ?? []).length > 0;
  let watch: Watch | undefined;
  return {
    description: `vCenter ${config.url}`,
    start(listener) {
      const before = { ...(knownBefore && { knownBefore }), ...(agents && { agents }) };
      const reader = new PictureReader({ agentVm, someSwitches, ipPools: pace.ipPools ?? false }, before);
      watch = begin(options, watcher(listener, reader, log));
    },
    async stop() {
      await watch?.stop();
    },
  };
}

/** Tells the listener of complete pictures only, and of the loss of vCenter. */
function watcher(
  listener: (state: InventoryState) => void,
  reader: PictureReader,
  log: Logger,
): WatchListener {
  let inventory: Inventory | undefined;
  let synced = false;
  const tell = (): void => {
    if (synced && inventory !== undefined) listener({ complete: true, inventory });
  };
  return {
    onPicture(picture) {
      inventory = reader.read(picture);
      tell();
    },
    onStatus(status) {
      logStatus(status, log);
      synced = status.state === 'synced';
      if ('reason' in status) listener({ complete: false, reason: status.reason });
      else tell();
    },
  };
}

function logStatus(status: WatchStatus, log: Logger): void {
  if ('reason' in status) log.warn({ state: status.state, reason: status.reason }, 'vCenter is not there');
  else log.info({ state: status.state }, 'vCenter');
}

function begin(options: WatchOptions, listener: WatchListener): Watch {
  try {
    return watchVcenter(options, listener);
  } catch (error) {
    if (!(error instanceof VsphereError)) throw error;
    throw new StartError('BAD_CONFIG', `inventory: ${error.message}. ${error.advice}`, { cause: error });
  }
}
