import type { NetworkRecord, SwitchRecord } from '@vrouter/vsphere-client';
import type { Network } from '../model.ts';

const VLAN_MAX = 4094;

/** The two VLANs of a port group, or why an agent could not use it. `owner` is its switch, if we can see that. */
export function vlanOf(
  network: NetworkRecord,
  owner: SwitchRecord | undefined,
): Pick<Network, 'vlan' | 'problem'> {
  const { vlan } = network;
  switch (vlan.kind) {
    case 'vlan':
      return vlan.id >= 1 && vlan.id <= VLAN_MAX
        ? { vlan: { primary: vlan.id, isolated: vlan.id } }
        : none(
            vlan.id === 0 ? 'it has no VLAN (VLAN 0)' : `its VLAN ${vlan.id} is not within 1 to ${VLAN_MAX}`,
          );
    case 'pvlan':
      return privateVlan(vlan.id, owner);
    case 'trunk':
      return none('it is a trunk of several VLANs');
    case 'unknown':
      return none(`its VLAN setting is of a kind we do not know (${vlan.type})`);
  }
}

/**
 * The primary VLAN stands only in the switch's map. The promiscuous entry of a primary VLAN has that VLAN on both
 * sides, which is what ports on it need; isolated and community entries differ only between ports.
 */
function privateVlan(id: number, owner: SwitchRecord | undefined): Pick<Network, 'vlan' | 'problem'> {
  if (owner === undefined) return none(`it is on private VLAN ${id}, and its switch is not visible`);
  const entries = owner.pvlans.filter(({ secondary }) => secondary === id);
  const entry = entries.find(({ type }) => type === 'isolated') ?? entries[0];
  return entry === undefined
    ? none(`the private VLAN map of ${owner.name} has no secondary VLAN ${id}`)
    : { vlan: { primary: entry.primary, isolated: id } };
}

function none(problem: string): Pick<Network, 'vlan' | 'problem'> {
  return { vlan: undefined, problem };
}
