import type { SimIpPool } from './model.ts';
import { element } from './xml.ts';

/** The `pool` parameter; without `id` it is for a new one. */
export function ipPoolXml(name: string, pool: SimIpPool, id?: number): string {
  const ipv4 =
    element('subnetAddress', pool.subnetAddress) +
    element('netmask', pool.netmask) +
    (pool.gateway === undefined ? '' : element('gateway', pool.gateway)) +
    element('range', pool.range) +
    element('ipPoolEnabled', pool.rangeEnabled ?? false);
  const number = id === undefined ? '' : element('id', id);
  return `<pool>${number}${element('name', name)}<ipv4Config>${ipv4}</ipv4Config></pool>`;
}

/** A port group's summary, which names its pool. */
export function summaryXml(name: string, poolId: number): string {
  const fields = element('name', name) + element('accessible', true);
  return `<val xsi:type="NetworkSummary">${fields}${element('ipPoolName', name)}${element('ipPoolId', poolId)}</val>`;
}

/** One thing that people wrote on a port group. */
export function vendorConfigXml(key: string, data: string): string {
  const blob = element('key', key) + element('opaqueData', data);
  return (
    '<val xsi:type="ArrayOfDistributedVirtualSwitchKeyedOpaqueBlob">' +
    `<DistributedVirtualSwitchKeyedOpaqueBlob>${blob}</DistributedVirtualSwitchKeyedOpaqueBlob></val>`
  );
}
