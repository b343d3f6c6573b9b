import { NO_IPV6, type Port } from '@vrouter/port-model';
import { interner } from './intern.ts';

/** Ids of networks and projects are the same in many ports. One for all, since many agents can be in one process. */
const intern = interner();

/**
 * `port` without its link state, in as little memory as goes: all in one object of one shape, and strings that repeat
 * from port to port, or within one, only once.
 */
export function leanPort(port: Port): Port {
  const { id } = port;
  return {
    id,
    'instance-id': port['instance-id'],
    'vn-id': intern(port['vn-id']),
    'vm-project-id': intern(port['vm-project-id']),
    'display-name': port['display-name'],
    'ip-address': port['ip-address'],
    'ip6-address': port['ip6-address'] === NO_IPV6 ? NO_IPV6 : port['ip6-address'],
    'mac-address': port['mac-address'],
    'system-name': port['system-name'] === id ? id : port['system-name'],
    type: port.type,
    'rx-vlan-id': port['rx-vlan-id'],
    'tx-vlan-id': port['tx-vlan-id'],
    'vhostuser-mode': port['vhostuser-mode'],
  };
}
