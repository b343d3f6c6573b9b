import type { Clock, Logger } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { fileSource } from './file-source.ts';
import type { InventorySource } from './model.ts';
import { vsphereSource, type SourceOptions } from './vsphere/vsphere-source.ts';

/**
 * The source that the configuration names. Nothing is read before it is started. `options` are for a vCenter. Throws
 * `StartError`.
 */
export function openSource(
  config: Config['inventory'],
  clock: Clock,
  log: Logger,
  options: SourceOptions = {},
): InventorySource {
  return config.kind === 'file'
    ? fileSource(config.path, clock, log)
    : vsphereSource(config, clock, log, options);
}
