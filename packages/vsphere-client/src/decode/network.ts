import type { NetworkRecord, VlanRecord } from '../picture/records.ts';
import { child, childInteger, childrenNamed, childText, type XmlElement } from '../xml/element.ts';
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
    ipPoolId: undefined,
    externalIpam: false,
  }),
  properties: {
    name: (value) => ({ name: displayName(value) }),
    key: (value) => {
      const key = optionalText(value);
      return key === undefined ? {} : { key };
    },
    'config.defaultPortConfig': (value) => ({ vlan: vlan(child(value, 'vlan')) }),
    'config.distributedVirtualSwitch': (value) => ({ switchRef: optionalText(value) }),
    'config.vendorSpecificConfig': (value) => ({ externalIpam: hasExternalIpam(value) }),
    'summary.ipPoolId': (value) => ({ ipPoolId: poolId(value) }),
  },
};

/** Where people write it down for us: vCenter itself makes nothing of these keys. */
function hasExternalIpam(blobs: XmlElement | undefined): boolean {
  const own = blobs?.children.find((blob) => childText(blob, 'key') === 'external_ipam');
  return childText(own, 'opaqueData')?.trim() === 'true';
}

/** Pools count from 1. */
function poolId(value: XmlElement | undefined): number | undefined {
  const id = Number(value?.text.trim());
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

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
