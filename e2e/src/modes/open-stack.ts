import type { Adapter, Picture, Vm } from '../world/picture.ts';
import { vmOf } from '../world/picture.ts';
import type { TestInventory } from '../world/test-inventory.ts';
import { refs, type ApiObject, type ConfigApi } from './config-api.ts';

const PROJECT = ['default-domain', 'shop'];
const IPAM = [...PROJECT, 'shop-ipam'];

/** The networks of the scenarios, as OpenStack knows them. */
export const NETWORK_IDS: Readonly<Record<string, string>> = {
  blue: 'b1000000-aaaa-4bbb-8ccc-000000000001',
  green: 'c2000000-aaaa-4bbb-8ccc-000000000002',
};

/** Nova's driver puts the cluster before the id of the network. */
export function portGroupName(network: string): string {
  return `domain-c7-${NETWORK_IDS[network]}`;
}

/** The id of the network that a port group stands for. */
export function networkIdOf(portGroup: string): string {
  return portGroup.slice(-36);
}

/** OpenStack as the master of a vCenter: it makes networks, VMs and interfaces in the config API before vCenter has them. */
export class OpenStackInventory implements TestInventory {
  readonly #inner: TestInventory;
  readonly #api: ConfigApi;

  private constructor(inner: TestInventory, api: ConfigApi) {
    this.#inner = inner;
    this.#api = api;
  }

  static async open(inner: TestInventory, api: ConfigApi): Promise<OpenStackInventory> {
    await api.create('project', { fq_name: PROJECT, parent_type: 'domain' });
    await api.create('network-ipam', { fq_name: IPAM, parent_type: 'project' });
    for (const [index, uuid] of Object.values(NETWORK_IDS).entries()) {
      const subnet = { ip_prefix: `10.0.${index + 1}.0`, ip_prefix_len: 24 };
      await api.create('virtual-network', {
        fq_name: [...PROJECT, uuid],
        uuid,
        parent_type: 'project',
        network_ipam_refs: [{ to: IPAM, attr: { ipam_subnets: [{ subnet, addr_from_start: true }] } }],
      });
    }
    const openStack = new OpenStackInventory(inner, api);
    for (const vm of inner.picture.vms) await openStack.#boot(vm);
    return openStack;
  }

  get pluginSection(): Readonly<Record<string, unknown>> {
    return this.#inner.pluginSection;
  }

  get picture(): Picture {
    return this.#inner.picture;
  }

  async createVm(vm: Vm): Promise<void> {
    const known = { ...vm, adapters: vm.adapters.map(inPortGroup) };
    await this.#boot(known);
    await this.#inner.createVm(known);
  }

  async removeVm(name: string): Promise<void> {
    const vm = vmOf(this.picture, name);
    await this.#inner.removeVm(name);
    for (const adapter of vm.adapters) await this.#unplug(vm, adapter.mac);
    await this.#api.remove('virtual-machine', vm.id);
  }

  powerOn(name: string): Promise<void> {
    return this.#inner.powerOn(name);
  }

  powerOff(name: string): Promise<void> {
    return this.#inner.powerOff(name);
  }

  /** In the other order than at a VM's creation: the plugin has to wait for the interface. */
  async addAdapter(vmName: string, adapter: Adapter): Promise<void> {
    const known = inPortGroup(adapter);
    await this.#inner.addAdapter(vmName, known);
    await this.#plug(vmOf(this.picture, vmName), known);
  }

  async removeAdapter(vmName: string, mac: string): Promise<void> {
    await this.#inner.removeAdapter(vmName, mac);
    await this.#unplug(vmOf(this.picture, vmName), mac);
  }

  moveVm(name: string, host: string): Promise<void> {
    return this.#inner.moveVm(name, host);
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  async #boot(vm: Vm): Promise<void> {
    await this.#api.create('virtual-machine', { fq_name: [vm.id], uuid: vm.id });
    for (const adapter of vm.adapters) await this.#plug(vm, adapter);
  }

  async #plug(vm: Vm, { mac, network, ip }: Adapter): Promise<void> {
    const uuid = interfaceId(mac);
    const networkRefs = [{ uuid: networkIdOf(network) }];
    await this.#api.create('virtual-machine-interface', {
      fq_name: [...PROJECT, uuid],
      uuid,
      parent_type: 'project',
      virtual_machine_refs: [{ uuid: vm.id }],
      virtual_network_refs: networkRefs,
      virtual_machine_interface_mac_addresses: { mac_address: [mac] },
    });
    await giveAddress(this.#api, uuid, networkRefs, ip);
  }

  async #unplug(_vm: Vm, mac: string): Promise<void> {
    const uuid = interfaceId(mac);
    for (const address of await addressesOf(this.#api, uuid))
      await this.#api.remove('instance-ip', address.uuid);
    await this.#api.remove('virtual-machine-interface', uuid);
  }
}

/** Replaces the address of the interface with that MAC. */
export async function readdress(api: ConfigApi, mac: string, ip: string): Promise<void> {
  const uuid = interfaceId(mac);
  for (const address of await addressesOf(api, uuid)) {
    const [network = ''] = refs(address, 'virtual_network_refs');
    await api.remove('instance-ip', address.uuid);
    await giveAddress(api, uuid, [{ uuid: network }], ip);
  }
}

async function giveAddress(
  api: ConfigApi,
  uuid: string,
  networkRefs: readonly object[],
  ip: string | undefined,
): Promise<void> {
  await api.create('instance-ip', {
    fq_name: [`ip of ${uuid}`],
    virtual_network_refs: networkRefs,
    virtual_machine_interface_refs: [{ uuid }],
    ...(ip !== undefined && { instance_ip_address: ip }),
  });
}

async function addressesOf(api: ConfigApi, uuid: string): Promise<readonly ApiObject[]> {
  const addresses = await api.objects('instance-ip');
  return addresses.filter((address) => refs(address, 'virtual_machine_interface_refs').includes(uuid));
}

/** Any that nobody could guess from vCenter: the MAC's digits in another order. */
export function interfaceId(mac: string): string {
  return `${mac.replaceAll(':', '').slice(4)}-aaaa-4bbb-8ccc-0123456789ab`.toLowerCase();
}

function inPortGroup(adapter: Adapter): Adapter {
  return { ...adapter, network: portGroupName(adapter.network) };
}
