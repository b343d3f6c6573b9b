import { NIL_GUID } from '@vrouter/port-model';
import type { PortEntry } from '../ports/model.ts';
import { listXml, type SandeshField } from './sandesh-xml.ts';

export interface PortQuery {
  /** Part of the interface's name; empty for all. */
  readonly interfaceName: string;
  /** The nil uuid for all, as in the real agent, where that is also what text that is no uuid comes to. */
  readonly id: string;
}

/** The answer to `FetchVmiPortSubscriptionReq`: the ports in order of their ids. */
export function portSubscriptionsXml(entries: Iterable<PortEntry>, query: PortQuery): string {
  const found = [...entries].filter(
    ({ port }) =>
      port['system-name'].includes(query.interfaceName) && (query.id === NIL_GUID || port.id === query.id),
  );
  return listXml({
    response: 'SandeshVmiPortSubscriptionResp',
    member: 'port_list',
    element: 'SandeshVmiPortSubscriptionInfo',
    elements: found.toSorted((a, b) => (a.port.id < b.port.id ? -1 : 1)).map(fieldsOf),
  });
}

function fieldsOf({ port, generation }: PortEntry): SandeshField[] {
  return [
    { name: 'ifname', type: 'string', value: port['system-name'] },
    { name: 'version', type: 'u32', value: generation },
    { name: 'vmi_uuid', type: 'string', value: port.id },
    { name: 'vm_uuid', type: 'string', value: port['instance-id'] },
    { name: 'vm_name', type: 'string', value: port['display-name'] },
    { name: 'vn_uuid', type: 'string', value: port['vn-id'] },
    { name: 'ip4_addr', type: 'string', value: port['ip-address'] },
    { name: 'ip6_addr', type: 'string', value: port['ip6-address'] },
    { name: 'mac', type: 'string', value: port['mac-address'] },
    { name: 'tx_vlan', type: 'i16', value: int16(port['tx-vlan-id']) },
    { name: 'rx_vlan', type: 'i16', value: int16(port['rx-vlan-id']) },
    { name: 'vhostuser_mode', type: 'byte', value: port['vhostuser-mode'] },
  ];
}

/** The real agent shows its unsigned VLANs through a signed field, so that "none" comes out as -1. */
function int16(value: number): number {
  return (value << 16) >> 16;
}
