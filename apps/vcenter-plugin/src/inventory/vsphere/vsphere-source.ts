import { readFileSync } from 'node:fs';
import { StartError, type Clock, type Logger } from '@vrouter/service-kit';
import {
  VsphereError,
  watchVcenter,
  type Picture,
  type Watch,
  type WatchListener,
  type WatchOptions,
  type WatchStatus,
} from '@vrouter/vsphere-client';
import { vspherePassword, type VsphereConfig } from '../../config.ts';
import type { InventorySource, InventoryState } from '../model.ts';
import { inventoryOf } from './inventory-of.ts';

/** What a test hurries up. */
export type Pace = Pick<WatchOptions, 'pollSeconds' | 'rereadMs'>;

/**
 * The inventory of a live vCenter. While vCenter is away the listener hears why, and hears no inventory until
 * everything was read again. Throws `StartError` when the configuration names files that cannot be read.
 */
export function vsphereSource(
  config: VsphereConfig,
  clock: Clock,
  log: Logger,
  pace: Pace = {},
): InventorySource {
  const options: WatchOptions = {
    url: config.url,
    username: config.username,
    password: vspherePassword(config),
    tls: tlsOptions(config.tls),
    clock,
    ...pace,
    ...(config.datacenter !== undefined && { scope: { datacenter: config.datacenter } }),
  };
  let watch: Watch | undefined;
  return {
    description: `vCenter ${config.url}`,
    start(listener) {
      watch = begin(options, watcher(listener, log));
    },
    async stop() {
      await watch?.stop();
    },
  };
}

/** Tells the listener of complete pictures only, and of the loss of vCenter. */
function watcher(listener: (state: InventoryState) => void, log: Logger): WatchListener {
  let picture: Picture | undefined;
  let synced = false;
  const tell = (): void => {
    if (synced && picture !== undefined) listener({ complete: true, inventory: inventoryOf(picture) });
  };
  return {
    onPicture(next) {
      picture = next;
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

function tlsOptions({
  insecure,
  caFile,
  serverName,
}: VsphereConfig['tls']): NonNullable<WatchOptions['tls']> {
  return {
    insecure,
    ...(caFile !== undefined && { authorityPem: readAuthority(caFile) }),
    ...(serverName !== undefined && { serverName }),
  };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError('BAD_CONFIG', `inventory.tls.caFile: cannot read ${file}: ${reason}`);
  }
}
