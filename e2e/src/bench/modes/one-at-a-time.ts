import type { ConfigApi } from '../../modes/config-api.ts';

const PROJECT = ['default-domain', 'one-at-a-time'];
const IPAM = [...PROJECT, 'ipam'];

/**
 * Makes networks, VMs, interfaces and addresses in the config API, each request after the answer to the one before, and
 * reads each address that the server chose. Returns how long that took for each VM, without the networks.
 */
export async function oneAtATime(api: ConfigApi, vms: number, networks: number): Promise<number> {
  const networkIds = await makeNetworks(api, networks);
  const beganMs = performance.now();
  for (let vm = 0; vm < vms; vm += 1) {
    const machine = await api.create('virtual-machine', { fq_name: [`machine-${vm}`] });
    for (const network of networkIds) {
      const networkRefs = [{ uuid: network }];
      const uuid = await api.create('virtual-machine-interface', {
        fq_name: [...PROJECT, `${machine}-${network}`],
        parent_type: 'project',
        virtual_machine_refs: [{ uuid: machine }],
        virtual_network_refs: networkRefs,
      });
      const address = await api.create('instance-ip', {
        fq_name: [`ip-${uuid}`],
        virtual_network_refs: networkRefs,
        virtual_machine_interface_refs: [{ uuid }],
      });
      await api.read('instance-ip', address);
    }
  }
  return (performance.now() - beganMs) / vms;
}

async function makeNetworks(api: ConfigApi, count: number): Promise<readonly string[]> {
  await api.create('project', { fq_name: PROJECT, parent_type: 'domain' });
  await api.create('network-ipam', { fq_name: IPAM, parent_type: 'project' });
  const ids: string[] = [];
  for (let network = 0; network < count; network += 1) {
    const subnet = { ip_prefix: `10.${100 + network}.0.0`, ip_prefix_len: 16 };
    ids.push(
      await api.create('virtual-network', {
        fq_name: [...PROJECT, `network-${network}`],
        parent_type: 'project',
        network_ipam_refs: [{ to: IPAM, attr: { ipam_subnets: [{ subnet, addr_from_start: true }] } }],
      }),
    );
  }
  return ids;
}
