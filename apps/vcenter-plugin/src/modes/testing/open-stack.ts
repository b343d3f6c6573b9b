import type { ConfigApiServer } from './config-api-server.ts';

const PROJECT = ['default-domain', 'demo'];
const IPAM = [...PROJECT, 'ipam'];

/** What OpenStack makes in the config API for its networks and VMs. */
export class OpenStack {
  readonly #api: ConfigApiServer;

  constructor(api: ConfigApiServer) {
    this.#api = api;
  }

  /** The tenant; returns its uuid. */
  async project(): Promise<string> {
    const uuid = await this.#api.create('project', { fq_name: PROJECT, parent_type: 'domain' });
    await this.#api.create('network-ipam', { fq_name: IPAM, parent_type: 'project' });
    return uuid;
  }

  network(uuid: string, prefix = '10.9.0.0'): Promise<string> {
    const ipam_subnets = [{ subnet: { ip_prefix: prefix, ip_prefix_len: 24 }, addr_from_start: true }];
    return this.#api.create('virtual-network', {
      fq_name: [...PROJECT, uuid],
      uuid,
      parent_type: 'project',
      network_ipam_refs: [{ to: IPAM, attr: { ipam_subnets } }],
    });
  }

  machine(uuid: string): Promise<string> {
    return this.#api.create('virtual-machine', { fq_name: [uuid], uuid });
  }

  /** With an address; returns the interface's uuid. */
  async interface(machine: string, network: string, mac: string): Promise<string> {
    const uuid = await this.bareInterface(machine, network, mac);
    await this.address(uuid, network);
    return uuid;
  }

  /** Without an address; returns the interface's uuid. */
  bareInterface(machine: string, network: string, mac: string): Promise<string> {
    return this.#api.create('virtual-machine-interface', {
      fq_name: [...PROJECT, `${machine} ${mac}`.replaceAll(':', '-')],
      parent_type: 'project',
      virtual_machine_refs: [{ uuid: machine }],
      virtual_network_refs: [{ uuid: network }],
      virtual_machine_interface_mac_addresses: { mac_address: [mac] },
    });
  }

  async address(interfaceId: string, network: string): Promise<void> {
    await this.#api.create('instance-ip', {
      fq_name: [`ip of ${interfaceId}`],
      virtual_network_refs: [{ uuid: network }],
      virtual_machine_interface_refs: [{ uuid: interfaceId }],
    });
  }

  async removeInterface(uuid: string): Promise<void> {
    for (const address of await this.#api.objects('instance-ip'))
      if (JSON.stringify(address['virtual_machine_interface_refs']).includes(uuid))
        await this.#api.remove('instance-ip', String(address['uuid']));
    await this.#api.remove('virtual-machine-interface', uuid);
  }
}
