import { StartError, type Clock, type Logger } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { fileSource } from './file-source.ts';
import type { InventorySource } from './model.ts';

/** The source that the configuration names. Nothing is read before it is started. */
export function openSource(config: Config['inventory'], clock: Clock, log: Logger): InventorySource {
  if (config.kind === 'file') return fileSource(config.path, clock, log);
  throw new StartError('BAD_CONFIG', 'inventory.kind: vsphere is not there yet; expected file');
}
