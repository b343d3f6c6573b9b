import type { SimVlan } from './model.ts';
import { element, reference, type Reference } from './xml.ts';

/** A port group's VLAN, inside an element such as `defaultPortConfig`. */
export function portSettingXml(name: string, vlan: SimVlan): string {
  return `<${name} xsi:type="VMwareDVSPortSetting">${vlanXml(vlan)}</${name}>`;
}

function vlanXml(vlan: SimVlan): string {
  if ('trunk' in vlan) {
    const ranges = vlan.trunk.map(
      ({ start, end }) => `<vlanId>${element('start', start)}${element('end', end)}</vlanId>`,
    );
    return `<vlan xsi:type="VmwareDistributedVirtualSwitchTrunkVlanSpec"><inherited>false</inherited>${ranges.join('')}</vlan>`;
  }
  return vlan.primary === vlan.isolated
    ? `<vlan xsi:type="VmwareDistributedVirtualSwitchVlanIdSpec"><inherited>false</inherited>${element('vlanId', vlan.primary)}</vlan>`
    : `<vlan xsi:type="VmwareDistributedVirtualSwitchPvlanSpec"><inherited>false</inherited>${element('pvlanId', vlan.isolated)}</vlan>`;
}

/** What a switch keeps when its configuration is set. */
export interface SwitchFacts {
  readonly name: string;
  readonly uuid: string;
  /** Port groups that are its own way out. The simulator does not tell them; a real vCenter does. */
  readonly uplinks: readonly Reference[];
}

/**
 * The switch's configuration with its private VLAN map: per primary its promiscuous entry, then its isolated ones. Only
 * a whole configuration can be set: its declared type knows no private VLANs.
 */
export function switchConfigXml(dvs: SwitchFacts, vlans: readonly SimVlan[]): string {
  const uplinks = dvs.uplinks.map((uplink) => reference('uplinkPortgroup', uplink));
  const pairs = vlans.flatMap((vlan) => ('trunk' in vlan || vlan.primary === vlan.isolated ? [] : [vlan]));
  const primaries = [...new Set(pairs.map(({ primary }) => primary))];
  const promiscuous = primaries.map((primary) => pvlanXml(primary, primary, 'promiscuous'));
  const isolated = pairs.map(({ primary, isolated }) => pvlanXml(primary, isolated, 'isolated'));
  return (
    `<val xsi:type="VMwareDVSConfigInfo">${element('uuid', dvs.uuid)}${element('name', dvs.name)}${uplinks.join('')}` +
    `${[...promiscuous, ...isolated].join('')}</val>`
  );
}

function pvlanXml(primary: number, secondary: number, type: string): string {
  return (
    `<pvlanConfig>${element('primaryVlanId', primary)}${element('secondaryVlanId', secondary)}` +
    `${element('pvlanType', type)}</pvlanConfig>`
  );
}
