import { z } from 'zod';
import { formatIpv4, parseIpv4, prefixRange } from './ipv4.ts';

/** A subnet as clients write it, in the `attr` of a network's reference to an IPAM. Other keys are kept. */
export const SubnetSpec = z.looseObject({
  subnet: z.looseObject({ ip_prefix: z.string(), ip_prefix_len: z.int() }),
  subnet_uuid: z.string().nullish(),
  default_gateway: z.string().nullish(),
  dns_server_address: z.string().nullish(),
  allocation_pools: z.array(z.looseObject({ start: z.string(), end: z.string() })).nullish(),
  addr_from_start: z.boolean().nullish(),
  alloc_unit: z.int().nullish(),
});
export type SubnetSpec = z.infer<typeof SubnetSpec>;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A subnet whose addresses can be handed out. Addresses are numbers. */
export interface Subnet {
  /** `10.0.0.0/24`, as written by the client. */
  readonly name: string;
  readonly uuid: string | undefined;
  readonly first: number;
  readonly last: number;
  readonly gateway: number;
  readonly serviceAddress: number;
  /** In the order in which addresses are handed out. */
  readonly pools: readonly Range[];
  readonly fromStart: boolean;
}

export type ParsedSubnet =
  { readonly ok: true; readonly subnet: Subnet } | { readonly ok: false; readonly why: string };

const bad = (why: string): ParsedSubnet => ({ ok: false, why });

export const subnetName = ({ subnet }: SubnetSpec): string => `${subnet.ip_prefix}/${subnet.ip_prefix_len}`;

/** Checks `spec` and fills in what it leaves out. */
export function parseSubnet(spec: SubnetSpec): ParsedSubnet {
  const name = subnetName(spec);
  const prefix = parseIpv4(spec.subnet.ip_prefix);
  const length = spec.subnet.ip_prefix_len;
  if (prefix === undefined || length < 0 || length > 32) return bad(`invalid IPNetwork ${name}`);
  if ((spec.alloc_unit ?? 1) !== 1) return bad(`alloc_unit of subnet ${name} is not 1`);
  const { first, last } = prefixRange(prefix, length);

  const pools: Range[] = [];
  for (const pool of spec.allocation_pools ?? []) {
    const [start, end] = [parseIpv4(pool.start), parseIpv4(pool.end)];
    if (start === undefined || end === undefined || start > end) {
      return bad(`Invalid allocation Pool start:${pool.start}, end:${pool.end} in subnet:${name}`);
    }
    if (start < first || end > last) {
      return bad(`allocation pool start:${pool.start}, end:${pool.end} out of cidr:${name}`);
    }
    pools.push({ start, end });
  }

  const fromStart = spec.addr_from_start ?? false;
  const gateway = parseIpv4(spec.default_gateway ?? formatIpv4(fromStart ? first + 1 : last - 1));
  if (gateway === undefined) return bad(`Invalid gateway Ip address:${spec.default_gateway}`);
  if (gateway !== 0 && (gateway <= first || gateway >= last)) {
    return bad(`gateway Ip ${formatIpv4(gateway)} out of cidr: ${name}`);
  }
  const serviceAddress = parseIpv4(spec.dns_server_address ?? formatIpv4(fromStart ? first + 2 : last - 2));
  if (serviceAddress === undefined) return bad(`Invalid Dns Server Ip address:${spec.dns_server_address}`);

  if (pools.length === 0) pools.push({ start: first, end: last });
  if (!fromStart) pools.reverse();
  const uuid = spec.subnet_uuid ?? undefined;
  return { ok: true, subnet: { name, uuid, first, last, gateway, serviceAddress, pools, fromStart } };
}

/** Network address, broadcast, gateway and service address: never handed out. */
export function isReserved(subnet: Subnet, address: number): boolean {
  const { first, last, gateway, serviceAddress } = subnet;
  return address === first || address === last || address === gateway || address === serviceAddress;
}

export function isInside(subnet: Subnet, address: number): boolean {
  return address >= subnet.first && address <= subnet.last;
}

export function isInPools(subnet: Subnet, address: number): boolean {
  return subnet.pools.some(({ start, end }) => address >= start && address <= end);
}
