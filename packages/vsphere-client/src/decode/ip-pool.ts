import type { IpPoolRecord } from '../picture/records.ts';
import { child, childInteger, childText, isTrue, type XmlElement } from '../xml/element.ts';

/** Undefined for one without a number: no port group could name it. */
export function ipPool(pool: XmlElement): IpPoolRecord | undefined {
  const id = childInteger(pool, 'id');
  if (id === undefined) return undefined;
  const ipv4 = child(pool, 'ipv4Config');
  return {
    id,
    name: childText(pool, 'name') ?? String(id),
    subnetAddress: childText(ipv4, 'subnetAddress'),
    netmask: childText(ipv4, 'netmask'),
    gateway: childText(ipv4, 'gateway'),
    range: childText(ipv4, 'range'),
    rangeEnabled: isTrue(child(ipv4, 'ipPoolEnabled')),
  };
}
