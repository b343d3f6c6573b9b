import assert from 'node:assert/strict';
import type { Introspection } from '../world/introspection.ts';
import { networkId, portId, type Identify } from '../world/oracle.ts';
import type { Adapter, Picture } from '../world/picture.ts';
import { ConfigApi } from './config-api.ts';
import { creatorOf, interfaceOf, readInterfaces } from './interfaces.ts';
import type { TestMode } from './test-mode.ts';

const CREATOR = 'vcenter-plugin';
/** In one network the config API chooses addresses, in the other one the guests have theirs. */
const POOL = { start: '10.0.1.100', end: '10.0.1.199' };
const NETWORKS = [
  { name: 'blue', subnet: '10.0.1.0/24', pool: POOL },
  { name: 'green', subnet: '10.0.2.0/24', addresses: 'guest' },
];

/** vCenter is the master: an empty config API server, which the plugin fills. */
export async function vcenterOnly(folder: string): Promise<TestMode & { readonly api: ConfigApi }> {
  const api = await ConfigApi.open(folder);
  return {
    api,
    pluginSection: { mode: 'vcenter-only', configApi: { url: api.url, networks: NETWORKS } },
    networkName: (name) => name,
    around: async (inventory) => inventory,
    portId,
    identities: (picture) => identities(api, picture),
    async assertSettled(picture, introspect) {
      await assertMirrored(api, picture);
      await assertIdle(introspect);
    },
    async assertInnocent() {},
    remembersPlaces: true,
    evidence: () => api.evidence(),
    close: () => api.close(),
  };
}

async function identities(api: ConfigApi, picture: Picture): Promise<Identify> {
  const all = await readInterfaces(api);
  const projects = await api.objects('project');
  const project = projects.find(({ fq_name: name }) => String(name) === 'default-domain,vCenter');
  return (vm, adapter) => {
    const { uuid: id, addresses } = interfaceOf(all, vm, adapter, networkOf(picture, adapter));
    const [address] = addresses;
    if (address === undefined) throw new Error(`${vm.name} has no address in the config API`);
    assertAddress(adapter, address);
    return { id, fields: { 'ip-address': address, 'vm-project-id': project?.uuid } };
  };
}

function assertAddress({ network, ip }: Adapter, address: string): void {
  if (network === 'green') assert.equal(address, ip, 'the address of a guest');
  else assert.match(address, /^10\.0\.1\.1\d\d$/u, 'an address of the pool');
}

/** Exactly the networks, VMs and adapters of vCenter, one address for each, and none twice. */
async function assertMirrored(api: ConfigApi, picture: Picture): Promise<void> {
  const sorted = (list: readonly string[]): readonly string[] => [...list].sort();
  const ours = async (type: string): Promise<readonly string[]> =>
    sorted((await api.objects(type)).filter((each) => creatorOf(each) === CREATOR).map(({ uuid }) => uuid));
  const interfaces = await readInterfaces(api);
  const adapters = picture.vms.flatMap((vm) =>
    vm.adapters.map((adapter) => `${vm.id} ${adapter.mac.toLowerCase()} ${networkOf(picture, adapter)}`),
  );
  const addresses = interfaces.flatMap((each) => each.addresses);
  assert.deepEqual(
    sorted(interfaces.map((each) => `${each.machine} ${each.mac} ${each.network}`)),
    sorted(adapters),
  );
  assert.deepEqual(
    await ours('virtual-machine'),
    sorted(picture.vms.map(({ id }) => id)),
    'VMs in the config API',
  );
  assert.deepEqual(
    await ours('virtual-network'),
    sorted(picture.networks.map(({ key }) => networkId(key))),
    'networks in the config API',
  );
  assert.equal((await ours('instance-ip')).length, adapters.length, 'addresses in the config API');
  assert.equal(new Set(addresses).size, adapters.length, `an address each: ${addresses.join(', ')}`);
}

async function assertIdle(introspect: Introspection): Promise<void> {
  const { pending, problems } = await introspect.configApi();
  assert.deepEqual({ pending, problems }, { pending: 0, problems: [] }, 'changes of the config API');
}

function networkOf({ networks }: Picture, adapter: Adapter): string {
  const found = networks.find(({ name }) => name === adapter.network);
  if (found === undefined) throw new Error(`there is no network ${adapter.network} in this scenario`);
  return networkId(found.key);
}
