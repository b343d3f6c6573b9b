import type { ByProfile } from '../profiles.ts';

/** From R5.1 on, where a subnet fits. */
export const IPV4_KEYS = ['ip-address', 'plen', 'dns-server', 'gateway'];
export const IPV6_KEYS = ['v6-ip-address', 'v6-dns-server', 'v6-gateway'];

/** Of GET from R5.1 on, with those of the addresses that have a subnet. */
export function operationalKeys(...ofAddresses: readonly (readonly string[])[]): readonly string[] {
  return [
    ['id', 'instance-id', 'vn-id', 'vm-project-id', 'mac-address', 'system-name', 'rx-vlan-id', 'tx-vlan-id'],
    ['vhostuser-mode'],
    ...ofAddresses,
    ['author', 'time'],
  ].flat();
}

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
  tf: operationalKeys(IPV4_KEYS),
};
