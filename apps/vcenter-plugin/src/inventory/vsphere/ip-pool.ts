import { isIPv4 } from 'node:net';
import type { IpPoolRecord, NetworkRecord } from '@vrouter/vsphere-client';
import { ipv4Number, ipv4Text, isInSubnet } from '../../ipv4.ts';
import type { AddressRange, Network } from '../model.ts';

type Addresses = Pick<Network, 'addresses' | 'addressesProblem'>;

const SUBNET_LENGTH_MAX = 30;

/** The addresses that a port group's IP pool gives it, or why it gives none. Pure. */
export function addressesOf(network: NetworkRecord, pools: ReadonlyMap<number, IpPoolRecord>): Addresses {
  const { ipPoolId, externalIpam } = network;
  if (ipPoolId === undefined) return {};
  const pool = pools.get(ipPoolId);
  if (pool === undefined) return { addressesProblem: `vCenter does not show its IP pool ${ipPoolId}` };
  const { subnetAddress, netmask } = pool;
  // A pool may be for IPv6 only.
  if (subnetAddress === undefined || netmask === undefined) return {};
  const length = isIPv4(netmask) ? lengthOf(netmask) : undefined;
  if (!isIPv4(subnetAddress) || length === undefined)
    return bad(pool, `has no subnet that we can use: ${subnetAddress} with netmask ${netmask}`);
  const isInside = (address: string): boolean =>
    isIPv4(address) && isInSubnet(address, subnetAddress, length);
  const gateway = pool.gateway === '0.0.0.0' ? undefined : pool.gateway;
  if (gateway !== undefined && !isInside(gateway))
    return bad(pool, `has the gateway ${gateway}, which is not in its subnet`);
  const ranges = pool.rangeEnabled ? rangesIn(pool.range ?? '') : [];
  if (ranges?.every(({ start, end }) => isInside(start) && isInside(end)) !== true)
    return bad(pool, `has the range ${pool.range}; expected such as ${subnetAddress}#10, within its subnet`);
  return {
    addresses: {
      subnet: `${subnetAddress}/${length}`,
      addresses: externalIpam ? 'guest' : 'api',
      ...(gateway !== undefined && { gateway }),
      ...(ranges.length > 0 && { pools: ranges }),
    },
  };
}

/** Ones, then zeros; a subnet without room for VMs is none. */
function lengthOf(netmask: string): number | undefined {
  const length = 32 - Math.log2(2 ** 32 - ipv4Number(netmask));
  return Number.isInteger(length) && length > 0 && length <= SUBNET_LENGTH_MAX ? length : undefined;
}

/** `10.0.1.100#50, 10.0.1.200#20`: first address, how many. Undefined when it is something else. */
function rangesIn(text: string): readonly AddressRange[] | undefined {
  const ranges: AddressRange[] = [];
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const [, start = '', count = ''] = /^\s*(\S+)\s*#\s*(\d{1,9})\s*$/u.exec(part) ?? [];
    const last = ipv4Number(start) + Number(count) - 1;
    if (!isIPv4(start) || Number(count) === 0 || last >= 2 ** 32) return undefined;
    ranges.push({ start, end: ipv4Text(last) });
  }
  return ranges;
}

function bad({ name }: IpPoolRecord, text: string): Addresses {
  return { addressesProblem: `its IP pool ${name} ${text}` };
}
