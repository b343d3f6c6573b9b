import type { PvlanRecord, SwitchRecord } from '../picture/records.ts';
import { childInteger, childrenNamed, childText, type XmlElement } from '../xml/element.ts';
import type { Decoder } from './decoder.ts';
import { displayName } from './values.ts';

export const dvs: Decoder<SwitchRecord> = {
  blank: (ref) => ({ ref, name: '', pvlans: [], uplinkRefs: [] }),
  properties: {
    name: (value) => ({ name: displayName(value) }),
    config: (value) => ({
      pvlans: childrenNamed(value, 'pvlanConfig').flatMap(pvlan),
      uplinkRefs: childrenNamed(value, 'uplinkPortgroup').map(({ text }) => text),
    }),
  },
};

function pvlan(entry: XmlElement): PvlanRecord[] {
  const primary = childInteger(entry, 'primaryVlanId');
  const secondary = childInteger(entry, 'secondaryVlanId');
  if (primary === undefined || secondary === undefined) return [];
  return [{ primary, secondary, type: childText(entry, 'pvlanType') ?? '' }];
}
