import type { Lifecycle } from '../binding/desired-port.ts';
import { bindStandalone } from '../binding/standalone.ts';
import type { Mode } from './mode.ts';

/** Mode `standalone`: there is no config API. */
export function standaloneMode(lifecycle: Lifecycle): Mode {
  return {
    start() {},
    bind: (inventory, placements) => bindStandalone(inventory, placements, lifecycle),
    applied() {},
    progress() {},
    report: () => null,
    releaseBrake: () => 0,
    async stop() {},
  };
}
