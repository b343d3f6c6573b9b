import type { ByProfile } from '../profiles.ts';

/** Of GET from the operational tables; v4 and v6 parts come only when a subnet fits. */
export const OPERATIONAL_KEYS: ByProfile<readonly string[]> = {
  'r4.1': [
    [
      'id',
      'instance-id',
      'ip-address',
      'plen',
      'ip6-address',
      'vn-id',
      'vm-project-id',
      'mac-address',
      'system-name',
    ],
    ['rx-vlan-id', 'tx-vlan-id', 'vhostuser-mode', 'dns-server', 'gateway', 'author', 'time'],
  ].flat(),
  tf: [
    ['id', 'instance-id', 'vn-id', 'vm-project-id', 'mac-address', 'system-name', 'rx-vlan-id', 'tx-vlan-id'],
    ['vhostuser-mode', 'ip-address', 'plen', 'dns-server', 'gateway', 'author', 'time'],
  ].flat(),
};
