import { asCompute } from './as-compute.ts';
import { STANDALONE } from './standalone.ts';
import type { TestMode } from './test-mode.ts';
import { vcenterOnly } from './vcenter-only.ts';

/** What goes with a mode of the plugin, in `folder`. An error for one that is not known. */
export async function openTestMode(mode: string, folder: string): Promise<TestMode> {
  switch (mode) {
    case 'standalone':
      return STANDALONE;
    case 'vcenter-only':
      return vcenterOnly(folder);
    case 'vcenter-as-compute':
      return asCompute(folder);
    default:
      throw new Error(`expected a mode of the plugin, got ${mode}`);
  }
}
