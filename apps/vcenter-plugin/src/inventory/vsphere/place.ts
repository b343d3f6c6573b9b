import type { HostRecord, Picture, PlaceRecord } from '@vrouter/vsphere-client';
import type { Host } from '../model.ts';

const DEPTH_MAX = 100;

type Place = Pick<Host, 'cluster' | 'datacenter'>;

/** Tells the cluster and the data centre of each host. */
export function placesIn({ places }: Picture): (host: HostRecord) => Place {
  const datacenters = [...places.values()].filter(({ kind }) => kind === 'datacenter');
  // A narrow scope hides what is between host and data centre, and shows only one of those.
  const only = datacenters.length === 1 ? datacenters[0] : undefined;
  const above = (place: PlaceRecord | undefined): PlaceRecord | undefined =>
    places.get(place?.parentRef ?? '');
  return ({ parentRef = '' }) => {
    const parent = places.get(parentRef);
    let datacenter = parent;
    for (let depth = 0; datacenter !== undefined && datacenter.kind !== 'datacenter'; depth += 1) {
      datacenter = depth < DEPTH_MAX ? above(datacenter) : undefined;
    }
    datacenter ??= only;
    return {
      ...(parent?.kind === 'cluster' && { cluster: parent.name }),
      ...(datacenter !== undefined && { datacenter: datacenter.name }),
    };
  };
}
