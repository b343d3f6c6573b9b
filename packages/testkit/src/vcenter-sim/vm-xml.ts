import type { SimAdapter } from './model.ts';
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
/** The simulator gives every card a MAC, whatever is asked; this one is taken away again. */
const PLACEHOLDER_MAC = '00:50:56:00:00:00';
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
    `${element('macAddress', card.mac ?? PLACEHOLDER_MAC)}</device></deviceChange>`
  );
}

/** All devices in a `config.hardware.device` answer, as a value to set, with no MAC on the cards of these keys. */
export function withoutMacXml(answer: string, keys: readonly number[]): string {
  const value = /<val [^>]*>.*?<\/val>/su.exec(answer)?.[0] ?? '';
  return value.replaceAll(/<VirtualDevice .*?<\/VirtualDevice>/gsu, (device) => {
    const key = Number(/<key>(\d+)<\/key>/u.exec(device)?.[1]);
    return keys.includes(key) ? device.replace(/<macAddress>[^<]*<\/macAddress>/u, '') : device;
  });
}

/** What the guest tools would report. */
export function guestNetXml(cards: readonly Card[]): string {
  const nics = cards.map((card) => {
    const addresses = card.ip === undefined ? [] : typeof card.ip === 'string' ? [card.ip] : card.ip;
    return (
      `<GuestNicInfo>${element('network', card.network)}` +
      addresses.map((address) => element('ipAddress', address)).join('') +
      `${card.mac === undefined ? '' : element('macAddress', card.mac)}<connected>true</connected>${element('deviceConfigId', card.key)}</GuestNicInfo>`
    );
  });
  return `<val xsi:type="ArrayOfGuestNicInfo">${nics.join('')}</val>`;
}
