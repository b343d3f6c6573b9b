import type { IpamSubnet, VirtualNetwork } from '@vrouter/config-api-client';
import type { AddressRange, NetworkAddresses } from '../../inventory/model.ts';
import { ipv4Number, ipv4Text, isInSubnet } from '../../ipv4.ts';
import { uuidFor } from '../names.ts';

/** Where the addresses of a network's interfaces come from: the config API, the guests, or nowhere we know of. */
export type AddressPolicy = 'api' | 'guest' | 'none';

export function addressPolicy(network: VirtualNetwork): AddressPolicy {
  if (subnetsOf(network).length === 0) return 'none';
  return network.external_ipam === true ? 'guest' : 'api';
}

export function subnetsOf(network: VirtualNetwork): readonly IpamSubnet[] {
  return network.network_ipam_refs
    .flatMap(({ attr }) => attr?.ipam_subnets ?? [])
    .filter(({ subnet }) => subnet !== null && subnet !== undefined);
}

/** Is the IPv4 address in one of the network's subnets, and there in a pool, if it has any? */
export function isInSubnets(network: VirtualNetwork, address: string): boolean {
  const number = ipv4Number(address);
  return subnetsOf(network).some(({ subnet, allocation_pools: pools }) => {
    if (subnet === null || subnet === undefined) return false;
    if (!isInSubnet(address, subnet.ip_prefix, subnet.ip_prefix_len)) return false;
    const isIn = ({ start, end }: AddressRange): boolean =>
      ipv4Number(start) <= number && number <= ipv4Number(end);
    return (pools ?? []).length === 0 || (pools ?? []).some(isIn);
  });
}

/** The subnet that the configuration, or vCenter, gives a network. */
export function wantedSubnet(name: string, { subnet, gateway, pools }: NetworkAddresses): IpamSubnet {
  const [address = '', length] = subnet.split('/');
  const size = 2 ** (32 - Number(length));
  const prefix = ipv4Text(Math.floor(ipv4Number(address) / size) * size);
  return {
    subnet: { ip_prefix: prefix, ip_prefix_len: Number(length) },
    subnet_uuid: uuidFor('subnet', name, subnet),
    subnet_name: `${name}-subnet`,
    enable_dhcp: true,
    addr_from_start: true,
    alloc_unit: 1,
    ...(gateway !== undefined && { default_gateway: gateway }),
    ...(pools !== undefined && { allocation_pools: pools.map((pool) => ({ ...pool })) }),
  };
}

/** The network's subnets with `wanted` among them; undefined when it is there already, as far as it can be changed. */
export function subnetsWith(network: VirtualNetwork, wanted: IpamSubnet): readonly IpamSubnet[] | undefined {
  const all = subnetsOf(network);
  const same = all.find((each) => prefixOf(each) === prefixOf(wanted));
  if (same === undefined) return [...all, wanted];
  const { allocation_pools: pools } = wanted;
  if (poolsText(same) === poolsText(wanted)) return undefined;
  return all.map((each) => (each === same ? { ...same, allocation_pools: pools ?? [] } : each));
}

/** Says that the network's subnet has another gateway than `wanted`: no server lets that be changed. */
export function gatewayConflict(network: VirtualNetwork, wanted: IpamSubnet): string | undefined {
  const same = subnetsOf(network).find((each) => prefixOf(each) === prefixOf(wanted));
  const is = same?.default_gateway ?? undefined;
  const shouldBe = wanted.default_gateway ?? undefined;
  if (is === undefined || shouldBe === undefined || is === shouldBe) return undefined;
  return `the gateway of subnet ${prefixOf(wanted)} is ${is} in the config API and cannot be changed to ${shouldBe}`;
}

function poolsText({ allocation_pools: pools }: IpamSubnet): string {
  return (pools ?? []).map(({ start, end }) => `${start}-${end}`).join();
}

function prefixOf({ subnet }: IpamSubnet): string {
  return `${subnet?.ip_prefix}/${subnet?.ip_prefix_len}`;
}
