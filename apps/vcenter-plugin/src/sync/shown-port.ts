import { NO_VLAN, NO_VLAN_STORED, type Port } from '@vrouter/port-model';

const IDS = ['instance-id', 'vn-id'] as const;
const VLANS = ['rx-vlan-id', 'tx-vlan-id'] as const;

/**
 * Is what a real agent shows another port than `port`? It shows part of one, and in its own words, so only machine, network
 * and VLANs are compared; the address may come from its configuration instead.
 */
export function showsAnother(shown: Readonly<Record<string, unknown>>, port: Port): boolean {
  return (
    IDS.some((field) => {
      const id = shown[field];
      return typeof id === 'string' && id.toLowerCase() !== port[field];
    }) ||
    VLANS.some((field) => {
      const vlan = shown[field];
      return typeof vlan === 'number' && (vlan === NO_VLAN_STORED ? NO_VLAN : vlan) !== port[field];
    })
  );
}
