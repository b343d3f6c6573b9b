import type { AdapterRecord, GuestNicRecord, VmRecord } from '../picture/records.ts';
import {
  child,
  childInteger,
  childrenNamed,
  childText,
  descend,
  isTrue,
  type XmlElement,
} from '../xml/element.ts';
import type { Decoder } from './decoder.ts';
import { displayName, macAddress, oneOf, optionalText } from './values.ts';

const POWER_STATES = ['poweredOn', 'poweredOff', 'suspended'] as const;
const DISTRIBUTED = 'VirtualEthernetCardDistributedVirtualPortBackingInfo';

/**
 * A configuration that vCenter cannot read just now (its datastore is gone, say) is reported as not set, while the VM
 * may well run on: what we knew of it stays.
 */
const unreadable = {};

export const vm: Decoder<VmRecord> = {
  blank: (ref) => ({
    ref,
    name: '',
    instanceUuid: undefined,
    power: 'unknown',
    hostRef: undefined,
    template: false,
    annotation: '',
    adapters: [],
    guest: [],
  }),
  properties: {
    name: (value) => ({ name: displayName(value) }),
    'config.annotation': (value) => ({ annotation: value?.text ?? '' }),
    'config.hardware.device': (value) => (value === undefined ? unreadable : { adapters: adapters(value) }),
    'config.instanceUuid': (value) => {
      const instanceUuid = optionalText(value)?.toLowerCase();
      return instanceUuid === undefined ? unreadable : { instanceUuid };
    },
    'config.template': (value) => (value === undefined ? unreadable : { template: isTrue(value) }),
    'guest.net': (value) => ({ guest: guestNics(value) }),
    'runtime.host': (value) => ({ hostRef: optionalText(value) }),
    'runtime.powerState': (value) => ({ power: oneOf(POWER_STATES, value) }),
  },
};

/** What a VM starts from when it enters: a configuration that is not readable just now may have been, before. */
export function enterVm(ref: string, known: VmRecord | undefined, reported: Partial<VmRecord>): VmRecord {
  const blank = vm.blank(ref);
  if (known === undefined || reported.instanceUuid !== undefined) return blank;
  const { instanceUuid, template, annotation, adapters } = known;
  return { ...blank, instanceUuid, template, annotation, adapters };
}

/** Of all devices, the network cards: whatever their model, only they have a MAC or such a backing. */
function adapters(devices: XmlElement): AdapterRecord[] {
  return devices.children.flatMap((device) => {
    const backing = child(device, 'backing');
    const isCard =
      child(device, 'macAddress') !== undefined || backing?.type?.startsWith('VirtualEthernetCard');
    const key = childInteger(device, 'key');
    if (isCard !== true || key === undefined) return [];
    return {
      key,
      mac: macAddress(childText(device, 'macAddress')),
      connected: isTrue(descend(device, 'connectable', 'connected')),
      portGroupKey:
        backing?.type === DISTRIBUTED ? childText(child(backing, 'port'), 'portgroupKey') : undefined,
      networkRef: childText(backing, 'network'),
    };
  });
}

function guestNics(value: XmlElement | undefined): GuestNicRecord[] {
  return (value?.children ?? []).flatMap((nic) => {
    const mac = macAddress(childText(nic, 'macAddress'));
    if (mac === undefined) return [];
    const addresses = childrenNamed(nic, 'ipAddress').map(({ text }) => text.trim());
    return {
      network: childText(nic, 'network') ?? '',
      mac,
      addresses: addresses.filter((address) => address !== ''),
    };
  });
}
