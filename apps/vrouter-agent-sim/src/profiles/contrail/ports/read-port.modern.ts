import { NIL_GUID, type LinkState, type Port } from '@vrouter/port-model';
import { readIpv4, readIpv6 } from '../values/addresses.ts';
import { isMac } from '../values/mac.ts';
import { Fields, Refused } from './fields.ts';
import { portType, uint16, type ReadPort } from './read-port.ts';

const INVALID_VLAN_ID = 65535;

/** R4.0 and later: the first thing that is wrong is told, and little is. `hasLinkState`: from R5.0 on. */
export function modernReader({ hasLinkState }: { readonly hasLinkState: boolean }): ReadPort {
  return (members, { interfaceExists }) => {
    const fields = new Fields(members);
    const port = {
      id: fields.uuid('id'),
      'instance-id': fields.uuid('instance-id'),
      'vn-id': fields.uuid('vn-id'),
      'vm-project-id': fields.uuid('vm-project-id'),
      'display-name': fields.string('display-name'),
      'ip-address': readIpv4(fields.string('ip-address')),
      'ip6-address': readIpv6(fields.string('ip6-address')),
    };
    const type = portType(fields.int('type'));
    if (type === 0 && port['vn-id'] === NIL_GUID) throw new Refused('Invalid VN uuid');
    const name = fields.string('system-name');
    if (type !== 2 && interfaceExists?.(name) === false) throw new Refused('Interface does not exist in OS');
    const mac = fields.string('mac-address');
    if (!isMac(mac)) throw new Refused('Invalid MAC, Use xx:xx:xx:xx:xx:xx format');
    const rx = fields.int('rx-vlan-id');
    const tx = fields.int('tx-vlan-id');
    // Meant for "TX is not set", which is 65535: so it hits the one VLAN that is neither.
    if (rx !== INVALID_VLAN_ID && tx === INVALID_VLAN_ID - 1) {
      throw new Refused('Invalid request. RX (isolated) vlan set, but TX vlan not set');
    }
    return {
      ...port,
      type,
      'system-name': name,
      'mac-address': mac,
      'rx-vlan-id': uint16(rx),
      'tx-vlan-id': uint16(tx),
      'vhostuser-mode': (fields.optionalInt('vhostuser-mode') ?? 0) & 0xff,
      'link-state': hasLinkState ? linkState(type, fields.optionalInt('link-state')) : 1,
    };
  };
}

function linkState(type: Port['type'], wanted: number | undefined): LinkState {
  if (wanted === undefined) return type === 2 ? 0 : 1;
  return (wanted & 0xff) === 0 ? 0 : 1;
}
