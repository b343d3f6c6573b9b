import { configReference } from './config-reference.ts';
import { errorReference } from './error-reference.ts';
import { pluginFlagsReference } from './flags-reference.ts';
import { inventoryFileReference } from './inventory-file-reference.ts';
import { metricsReference } from './metrics-reference.ts';

/** The reference pages that are made from the plugin; paths are relative to `docs/reference/`. */
export async function pluginPages(): Promise<{ readonly path: string; readonly content: string }[]> {
  return [
    { path: 'plugin-config.md', content: configReference() },
    { path: 'plugin-flags.md', content: pluginFlagsReference() },
    { path: 'plugin-errors.md', content: errorReference() },
    { path: 'inventory-file.md', content: inventoryFileReference() },
    { path: 'plugin-metrics.md', content: await metricsReference() },
  ];
}
