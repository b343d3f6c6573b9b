import type { Adapter, Vm } from '../world/picture.ts';
import { refs, type ApiObject, type ConfigApi } from './config-api.ts';

/** An interface in the config API, and its addresses. */
export interface Interface {
  readonly uuid: string;
  readonly machine: string;
  readonly mac: string;
  readonly network: string;
  readonly addresses: readonly string[];
  readonly creator: string | null;
}

/** All interfaces of VMs that the config API has. */
export async function readInterfaces(api: ConfigApi): Promise<readonly Interface[]> {
  const [interfaces, addresses] = await Promise.all([
    api.objects('virtual-machine-interface'),
    api.objects('instance-ip'),
  ]);
  return interfaces.map((each) => ({
    uuid: each.uuid,
    machine: refs(each, 'virtual_machine_refs')[0] ?? '',
    mac: macOf(each),
    network: refs(each, 'virtual_network_refs')[0] ?? '',
    addresses: addresses
      .filter((address) => refs(address, 'virtual_machine_interface_refs').includes(each.uuid))
      .map((address) => String(address['instance_ip_address'])),
    creator: creatorOf(each),
  }));
}

export function creatorOf(object: ApiObject): string | null {
  return (object['id_perms'] as { readonly creator: string | null }).creator;
}

/** The only interface of the adapter; an error when there is none, or more. */
export function interfaceOf(all: readonly Interface[], vm: Vm, adapter: Adapter, network: string): Interface {
  const found = all.filter(
    (each) => each.machine === vm.id && each.mac === adapter.mac.toLowerCase() && each.network === network,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new Error(`the config API has ${found.length} interfaces of ${vm.name} with MAC ${adapter.mac}`);
}

function macOf(each: ApiObject): string {
  const macs = each['virtual_machine_interface_mac_addresses'] as { readonly mac_address: readonly string[] };
  return macs.mac_address[0] ?? '';
}
