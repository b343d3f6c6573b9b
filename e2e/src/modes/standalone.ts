import { identifyByMac, portId } from '../world/oracle.ts';
import type { TestMode } from './test-mode.ts';

/** Nothing stands beside vCenter. */
export const STANDALONE: TestMode = {
  pluginSection: { mode: 'standalone' },
  networkName: (name) => name,
  around: async (inventory) => inventory,
  portId,
  identities: async () => identifyByMac,
  async assertSettled() {},
  async assertInnocent() {},
  remembersPlaces: false,
  evidence: async () => 'there is no config API',
  async close() {},
};
