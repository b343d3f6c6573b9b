import type { InstanceIp, VirtualMachineInterface } from '@vrouter/config-api-client';
import { isIPv4, isIPv6 } from 'node:net';
import { parseMac } from '@vrouter/port-model';
import type { ApiPicture } from './picture.ts';

/** The interface of that VM with that MAC in that network: the identity of a port in the config API. */
export function findInterface(
  picture: ApiPicture,
  machine: string,
  mac: string,
  network: string,
): VirtualMachineInterface | undefined {
  return picture.interfacesOf(machine).find((each) => isInterfaceOf(each, mac, network));
}

/** Has it that MAC, in that network? */
export function isInterfaceOf(each: VirtualMachineInterface, mac: string, network: string): boolean {
  return macOf(each) === mac && each.virtual_network_refs.some(({ uuid }) => uuid === network);
}

/** The first MAC, normalised. */
export function macOf({
  virtual_machine_interface_mac_addresses: macs,
}: VirtualMachineInterface): string | undefined {
  return parseMac(macs?.mac_address?.[0] ?? '');
}

/** The first address of either family that an interface has in a network. */
export function addressesIn(
  picture: ApiPicture,
  interfaceId: string,
  network: string,
): { readonly ip: string | undefined; readonly ip6: string | undefined } {
  const found = picture
    .addressesOf(interfaceId)
    .filter((each) => isIn(each, network))
    .flatMap(({ instance_ip_address: address }) => address ?? []);
  return {
    ip: found.find((address) => isIPv4(address)),
    ip6: found.find((address) => isIPv6(address)),
  };
}

export function isIn({ virtual_network_refs: refs }: InstanceIp, network: string): boolean {
  return refs.some(({ uuid }) => uuid === network);
}
