import type { SimAdapter, SimVlan } from './model.ts';
import { element } from './xml.ts';

/** An adapter with what the simulator knows it by. */
export interface Card extends SimAdapter {
  readonly key: number;
}

export interface PortGroup {
  readonly key: string;
  readonly switchUuid: string;
}

/** Cards are numbered as a real vCenter does; the unit number follows, or the simulator makes all of them one. */
export const FIRST_CARD_KEY = 4000;
const PCI_CONTROLLER_KEY = 100;
const FIRST_UNIT_NUMBER = 7;

export function createVmXml(
  name: string,
  id: string,
  annotation: string,
  cards: readonly (readonly [Card, PortGroup])[],
): string {
  return (
    `${element('name', name)}${element('instanceUuid', id)}<guestId>otherGuest</guestId>` +
    `${element('annotation', annotation)}<files><vmPathName>[LocalDS_0]</vmPathName></files>` +
    cards.map(([card, group]) => changeCardXml('add', card, group)).join('')
  );
}

export function changeCardXml(operation: 'add' | 'edit' | 'remove', card: Card, group: PortGroup): string {
  const connected = card.connected ?? true;
  return (
    `<deviceChange><operation>${operation}</operation><device xsi:type="VirtualVmxnet3">${element('key', card.key)}` +
    // An edit without it makes the simulator panic.
    `<deviceInfo xsi:type="Description"><label>ethernet-${card.key - FIRST_CARD_KEY}</label><summary></summary></deviceInfo>` +
    `<backing xsi:type="VirtualEthernetCardDistributedVirtualPortBackingInfo"><port>` +
    `${element('switchUuid', group.switchUuid)}${element('portgroupKey', group.key)}</port></backing>` +
    `<connectable>${element('startConnected', connected)}<allowGuestControl>true</allowGuestControl>` +
    `${element('connected', connected)}</connectable>${element('controllerKey', PCI_CONTROLLER_KEY)}` +
    `${element('unitNumber', FIRST_UNIT_NUMBER + card.key - FIRST_CARD_KEY)}<addressType>manual</addressType>` +
    `${element('macAddress', card.mac)}</device></deviceChange>`
  );
}

/** What the guest tools would report. */
export function guestNetXml(cards: readonly (readonly [Card, networkName: string])[]): string {
  const nics = cards.map(([card, network]) => {
    const addresses = card.ip === undefined ? [] : typeof card.ip === 'string' ? [card.ip] : card.ip;
    return (
      `<GuestNicInfo>${element('network', network)}` +
      addresses.map((address) => element('ipAddress', address)).join('') +
      `${element('macAddress', card.mac)}<connected>true</connected>${element('deviceConfigId', card.key)}</GuestNicInfo>`
    );
  });
  return `<val xsi:type="ArrayOfGuestNicInfo">${nics.join('')}</val>`;
}

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

/**
 * The switch's configuration with its private VLAN map: per primary its promiscuous entry, then its isolated ones. Only
 * a whole configuration can be set: its declared type knows no private VLANs.
 */
export function switchConfigXml(name: string, uuid: string, vlans: readonly SimVlan[]): string {
  const pairs = vlans.flatMap((vlan) => ('trunk' in vlan || vlan.primary === vlan.isolated ? [] : [vlan]));
  const primaries = [...new Set(pairs.map(({ primary }) => primary))];
  const promiscuous = primaries.map((primary) => pvlanXml(primary, primary, 'promiscuous'));
  const isolated = pairs.map(({ primary, isolated }) => pvlanXml(primary, isolated, 'isolated'));
  return (
    `<val xsi:type="VMwareDVSConfigInfo">${element('uuid', uuid)}${element('name', name)}` +
    `${[...promiscuous, ...isolated].join('')}</val>`
  );
}

function pvlanXml(primary: number, secondary: number, type: string): string {
  return (
    `<pvlanConfig>${element('primaryVlanId', primary)}${element('secondaryVlanId', secondary)}` +
    `${element('pvlanType', type)}</pvlanConfig>`
  );
}
