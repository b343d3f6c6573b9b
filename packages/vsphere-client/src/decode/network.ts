import type { NetworkRecord, VlanRecord } from '../picture/records.ts';
import { child, childInteger, childrenNamed, type XmlElement } from '../xml/element.ts';
import type { Decoder } from './decoder.ts';
import { displayName, optionalText } from './values.ts';

export const network: Decoder<NetworkRecord> = {
  // The key of a port group and its reference are the same text.
  blank: (ref) => ({
    ref,
    key: ref,
    name: '',
    vlan: { kind: 'unknown', type: 'none' },
    switchRef: undefined,
  }),
  properties: {
    name: (value) => ({ name: displayName(value) }),
    key: (value) => {
      const key = optionalText(value);
      return key === undefined ? {} : { key };
    },
    'config.defaultPortConfig': (value) => ({ vlan: vlan(child(value, 'vlan')) }),
    'config.distributedVirtualSwitch': (value) => ({ switchRef: optionalText(value) }),
  },
};

function vlan(spec: XmlElement | undefined): VlanRecord {
  const type = spec?.type ?? 'none';
  if (type.endsWith('TrunkVlanSpec')) return { kind: 'trunk', ranges: ranges(spec) };
  const kind = type.endsWith('PvlanSpec') ? 'pvlan' : 'vlan';
  const id = childInteger(spec, kind === 'pvlan' ? 'pvlanId' : 'vlanId');
  return id === undefined ? { kind: 'unknown', type } : { kind, id };
}

function ranges(spec: XmlElement | undefined): { start: number; end: number }[] {
  return childrenNamed(spec, 'vlanId').map((range) => ({
    start: childInteger(range, 'start') ?? 0,
    end: childInteger(range, 'end') ?? 0,
  }));
}
