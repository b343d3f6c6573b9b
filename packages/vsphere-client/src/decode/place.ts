import type { PlaceRecord } from '../picture/records.ts';
import type { Decoder } from './decoder.ts';
import { displayName, optionalText } from './values.ts';

/** By type of managed object. */
export const PLACE_KINDS: Readonly<Record<string, PlaceRecord['kind']>> = {
  Datacenter: 'datacenter',
  Folder: 'folder',
  ClusterComputeResource: 'cluster',
  ComputeResource: 'standalone',
};

export const place: Decoder<PlaceRecord> = {
  blank: (ref) => ({ ref, kind: 'folder', name: '', parentRef: undefined }),
  properties: {
    name: (value) => ({ name: displayName(value) }),
    parent: (value) => ({ parentRef: optionalText(value) }),
  },
};
