/** What vCenter says, as plain records. Managed objects point to each other by reference, such as `host-25`. */

export interface HostRecord {
  readonly ref: string;
  readonly name: string;
  readonly connection: 'connected' | 'disconnected' | 'notResponding' | 'unknown';
  readonly maintenance: boolean;
  /** Its cluster, or what stands for one around a host outside clusters. */
  readonly parentRef: string | undefined;
}

export interface VmRecord {
  readonly ref: string;
  readonly name: string;
  /** Absent while vCenter cannot read the VM's configuration. */
  readonly instanceUuid: string | undefined;
  readonly power: 'poweredOn' | 'poweredOff' | 'suspended' | 'unknown';
  readonly hostRef: string | undefined;
  readonly template: boolean;
  readonly annotation: string;
  readonly adapters: readonly AdapterRecord[];
  /** What the guest tools report. */
  readonly guest: readonly GuestNicRecord[];
}

/** A virtual network card. */
export interface AdapterRecord {
  /** Device key, unique within the VM. */
  readonly key: number;
  /** Lower case; absent until one is assigned. */
  readonly mac: string | undefined;
  readonly connected: boolean;
  /** Of a distributed port group; absent on a standard or opaque network. */
  readonly portGroupKey: string | undefined;
  /** Of a standard network. */
  readonly networkRef: string | undefined;
}

export interface GuestNicRecord {
  /** Name of the network that it is on. */
  readonly network: string;
  /** Lower case. */
  readonly mac: string;
  readonly addresses: readonly string[];
}

/** A distributed port group. */
export interface NetworkRecord {
  readonly ref: string;
  readonly key: string;
  readonly name: string;
  readonly vlan: VlanRecord;
  readonly switchRef: string | undefined;
  /** Number of its IP pool, if it has one. */
  readonly ipPoolId: number | undefined;
  /** Its own `external_ipam` says that its guests have addresses of their own. */
  readonly externalIpam: boolean;
}

export type VlanRecord =
  | { readonly kind: 'vlan'; readonly id: number }
  | { readonly kind: 'pvlan'; readonly id: number }
  | { readonly kind: 'trunk'; readonly ranges: readonly { readonly start: number; readonly end: number }[] }
  | { readonly kind: 'unknown'; readonly type: string };

/** A distributed switch. */
export interface SwitchRecord {
  readonly ref: string;
  readonly name: string;
  readonly pvlans: readonly PvlanRecord[];
  /** Port groups that are the switch's own way out, not for VMs. */
  readonly uplinkRefs: readonly string[];
}

export interface PvlanRecord {
  readonly primary: number;
  readonly secondary: number;
  /** `promiscuous`, `isolated` or `community`. */
  readonly type: string;
}

/** Something that other things are in. `standalone` is vCenter's cover around a host outside clusters. */
export interface PlaceRecord {
  readonly ref: string;
  readonly kind: 'datacenter' | 'folder' | 'cluster' | 'standalone';
  readonly name: string;
  readonly parentRef: string | undefined;
}

/** The IPv4 side of an IP pool, as an operator typed it: nothing of it is checked here. */
export interface IpPoolRecord {
  readonly id: number;
  readonly name: string;
  readonly subnetAddress: string | undefined;
  readonly netmask: string | undefined;
  readonly gateway: string | undefined;
  /** Such as `10.0.1.100#50, 10.0.1.200#20`: first address, how many. */
  readonly range: string | undefined;
  /** Addresses are to be taken from `range` only. */
  readonly rangeEnabled: boolean;
}

/** Everything of one moment, by reference. A new picture shares what did not change with the one before. */
export interface Picture {
  readonly hosts: ReadonlyMap<string, HostRecord>;
  readonly vms: ReadonlyMap<string, VmRecord>;
  readonly networks: ReadonlyMap<string, NetworkRecord>;
  readonly switches: ReadonlyMap<string, SwitchRecord>;
  readonly places: ReadonlyMap<string, PlaceRecord>;
  /** By number; only those that could be read, when they are asked for. */
  readonly ipPools: ReadonlyMap<number, IpPoolRecord>;
}
