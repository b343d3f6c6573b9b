import assert from 'node:assert/strict';
import type { Identify } from '../world/oracle.ts';
import { ConfigApi } from './config-api.ts';
import { interfaceOf, readInterfaces } from './interfaces.ts';
import { interfaceId, networkIdOf, OpenStackInventory, portGroupName, readdress } from './open-stack.ts';
import type { TestMode } from './test-mode.ts';

export interface AsComputeMode extends TestMode {
  /** OpenStack gives the interface with that MAC another address. */
  readdress(mac: string, ip: string): Promise<void>;
}

/** OpenStack is the master: it fills the config API, and the plugin only reads. */
export async function asCompute(folder: string): Promise<AsComputeMode> {
  const api = await ConfigApi.open(folder);
  return {
    api,
    pluginSection: { mode: 'vcenter-as-compute', configApi: { url: api.url } },
    networkName: portGroupName,
    around: (inventory) => OpenStackInventory.open(inventory, api),
    readdress: (mac, ip) => readdress(api, mac, ip),
    portId: interfaceId,
    identities: () => identities(api),
    async assertSettled() {},
    async assertInnocent() {
      assert.equal(await api.changesOfOthers(), 0, 'requests of the plugin that would change the config API');
    },
    remembersPlaces: false,
    evidence: () => api.evidence(),
    close: () => api.close(),
  };
}

async function identities(api: ConfigApi): Promise<Identify> {
  const all = await readInterfaces(api);
  const networks = await api.objects('virtual-network');
  return (vm, adapter) => {
    const networkId = networkIdOf(adapter.network);
    const { uuid: id, addresses } = interfaceOf(all, vm, adapter, networkId);
    const project = networks.find(({ uuid }) => uuid === networkId)?.['parent_uuid'];
    const fields = { 'vn-id': networkId, 'vm-project-id': project, 'ip-address': addresses[0] };
    return { id, fields };
  };
}
