import type {
  AdapterRecord,
  HostRecord,
  IpPoolRecord,
  NetworkRecord,
  Picture,
  PlaceRecord,
  SwitchRecord,
  VmRecord,
} from '@vrouter/vsphere-client';

/** A small vCenter: one host, one switch, one port group, and on it one VM with one card. */
export const MAC = '00:50:56:bf:7d:a1';

export const host: HostRecord = {
  ref: 'host-1',
  name: 'esx-1',
  connection: 'connected',
  maintenance: false,
  parentRef: 'domain-c1',
};

export const adapter: AdapterRecord = {
  key: 4000,
  mac: MAC,
  connected: true,
  portGroupKey: 'dvportgroup-21',
  networkRef: undefined,
};

export const vm: VmRecord = {
  ref: 'vm-1',
  name: 'web-1',
  instanceUuid: '502789bb-240a-841f-e24c-1564537218f7',
  power: 'poweredOn',
  hostRef: 'host-1',
  template: false,
  annotation: '',
  adapters: [adapter],
  guest: [],
};

export const network: NetworkRecord = {
  ref: 'dvportgroup-21',
  key: 'dvportgroup-21',
  name: 'blue',
  vlan: { kind: 'pvlan', id: 101 },
  switchRef: 'dvs-12',
  ipPoolId: undefined,
  externalIpam: false,
};

export const dvs: SwitchRecord = {
  ref: 'dvs-12',
  name: 'DVS0',
  pvlans: [{ primary: 100, secondary: 101, type: 'isolated' }],
  uplinkRefs: [],
};

export const places: readonly PlaceRecord[] = [
  { ref: 'datacenter-1', kind: 'datacenter', name: 'DC0', parentRef: 'group-d1' },
  { ref: 'group-h1', kind: 'folder', name: 'host', parentRef: 'datacenter-1' },
  { ref: 'domain-c1', kind: 'cluster', name: 'C0', parentRef: 'group-h1' },
];

/** That vCenter, with these things instead. */
export function picture(
  changes: {
    readonly vms?: readonly VmRecord[];
    readonly hosts?: readonly HostRecord[];
    readonly networks?: readonly NetworkRecord[];
    readonly switches?: readonly SwitchRecord[];
    readonly places?: readonly PlaceRecord[];
    readonly ipPools?: readonly IpPoolRecord[];
  } = {},
): Picture {
  return {
    hosts: byRef(changes.hosts ?? [host]),
    vms: byRef(changes.vms ?? [vm]),
    networks: byRef(changes.networks ?? [network]),
    switches: byRef(changes.switches ?? [dvs]),
    places: byRef(changes.places ?? places),
    ipPools: new Map((changes.ipPools ?? []).map((pool) => [pool.id, pool])),
  };
}

/** What the guest of `vm` reports. */
export function reporting(addresses: readonly string[], of: VmRecord = vm, mac: string = MAC): VmRecord {
  return { ...of, guest: [{ network: 'blue', mac, addresses }] };
}

function byRef<Item extends { readonly ref: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.ref, item]));
}
