import { startVcenterSim, vcenterSimMissing, type SimInventory, type VcenterSim } from '@vrouter/testkit';
import { afterAll, beforeAll, test } from 'vitest';
import type { WatchOptions } from '../watch/options.ts';
import { watchForTest, type Watched } from './watched.ts';

/** The simulator may have to be built first. */
const START_MS_MAX = 400_000;

const missing = vcenterSimMissing();

export const simTest: ReturnType<typeof test.skipIf> = test.skipIf(missing);

/** One simulator, and a watch of it that is in sync, for all tests of a file. */
export class WatchedSim {
  #sim: VcenterSim | undefined;
  #watched: Watched | undefined;

  constructor(inventory: SimInventory, options: Partial<WatchOptions>) {
    beforeAll(async () => {
      if (missing) return;
      this.#sim = await startVcenterSim({ inventory });
      this.#watched = watchForTest({ url: this.#sim.url, ...options });
      await this.#watched.until('synced');
    }, START_MS_MAX);
    afterAll(async () => {
      await this.#watched?.stop();
      await this.#sim?.stop();
    });
  }

  get sim(): VcenterSim {
    return started(this.#sim);
  }

  get watched(): Watched {
    return started(this.#watched);
  }
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Expected this within a test: nothing is started before');
  return value;
}
