/** An inventory as a test describes it. Everything is known by its name. */
export interface SimInventory {
  readonly hosts?: readonly (string | SimHost)[];
  readonly networks?: readonly SimNetwork[];
  readonly vms?: readonly SimVm[];
}

export interface SimHost {
  readonly name: string;
  readonly maintenance?: boolean;
  readonly connected?: boolean;
}

/** A distributed port group. */
export interface SimNetwork {
  readonly name: string;
  readonly vlan: SimVlan;
  readonly ipPool?: SimIpPool;
  /** What people wrote on it under the key `external_ipam`. */
  readonly externalIpam?: boolean;
}

/** The IPv4 side of an IP pool, as an operator typed it. */
export interface SimIpPool {
  readonly subnetAddress: string;
  readonly netmask: string;
  readonly gateway?: string;
  /** First address and how many: `10.0.1.100#50`, several with commas between. The simulator wants one at least. */
  readonly range: string;
  /** Default: false. */
  readonly rangeEnabled?: boolean;
}

/** Equal numbers are a plain VLAN, 0 is none; different ones become a private VLAN of the switch. */
export type SimVlan =
  | { readonly primary: number; readonly isolated: number }
  | { readonly trunk: readonly { readonly start: number; readonly end: number }[] };

export type SimPower = 'on' | 'off' | 'suspended';

export interface SimVm {
  readonly name: string;
  readonly host: string;
  /** Default: off. */
  readonly power?: SimPower;
  /** Instance uuid; made from nothing when absent. */
  readonly id?: string;
  readonly template?: boolean;
  readonly annotation?: string;
  readonly adapters: readonly SimAdapter[];
}

export interface SimAdapter {
  /** Device key; default: the first free one from 4000. */
  readonly key?: number;
  /** Absent: vCenter has not given it one yet. */
  readonly mac?: string;
  /** Name of the network. */
  readonly network: string;
  /** Default: true. */
  readonly connected?: boolean;
  /** What the guest reports: IPv4 or IPv6. */
  readonly ip?: string | readonly string[];
}

/** What vCenter calls the things that a test names. */
export interface SimIds {
  /** Managed object references by host name. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Port group keys by network name. */
  readonly networks: Readonly<Record<string, string>>;
  /** Instance uuids by VM name. */
  readonly vms: Readonly<Record<string, string>>;
}

/** One thing an operator does. */
export type SimChange =
  | { readonly action: 'power'; readonly vm: string; readonly power: SimPower }
  /** Off and on again in one moment. */
  | { readonly action: 'reset'; readonly vm: string }
  | { readonly action: 'createVm'; readonly vm: SimVm }
  /** A copy of `vm` that is off, with these MACs on its adapters, in their order. */
  | {
      readonly action: 'cloneVm';
      readonly vm: string;
      readonly name: string;
      readonly macs: readonly string[];
    }
  /** vCenter forgets a VM that is off; its files stay, for `registerVm`. A restart forgets those, too. */
  | { readonly action: 'unregisterVm'; readonly vm: string }
  | { readonly action: 'registerVm'; readonly vm: string }
  | { readonly action: 'destroyVm'; readonly vm: string }
  | { readonly action: 'renameVm'; readonly vm: string; readonly name: string }
  /** Into a folder of that name, made if need be; a restart forgets folders. */
  | { readonly action: 'moveToFolder'; readonly vm: string; readonly folder: string }
  | { readonly action: 'relocate'; readonly vm: string; readonly host: string }
  | { readonly action: 'addAdapter'; readonly vm: string; readonly adapter: SimAdapter }
  | { readonly action: 'removeAdapter'; readonly vm: string; readonly mac: string }
  | {
      readonly action: 'changeAdapter';
      readonly vm: string;
      readonly mac: string;
      readonly to: Partial<Pick<SimAdapter, 'mac' | 'network' | 'connected'>>;
    }
  /** The card with that device key gets its MAC. */
  | { readonly action: 'assignMac'; readonly vm: string; readonly key: number; readonly mac: string }
  | {
      readonly action: 'guestIp';
      readonly vm: string;
      readonly mac: string;
      readonly ip: string | readonly string[];
    }
  | { readonly action: 'createNetwork'; readonly network: SimNetwork }
  | { readonly action: 'changeNetwork'; readonly network: string; readonly vlan: SimVlan }
  | { readonly action: 'renameNetwork'; readonly network: string; readonly name: string }
  /** Makes its pool, or changes the one that it has. Nobody is told of a change: vCenter does not do that, either. */
  | { readonly action: 'setIpPool'; readonly network: string; readonly pool: SimIpPool }
  | { readonly action: 'destroyNetwork'; readonly network: string }
  | { readonly action: 'addHost'; readonly host: string | SimHost }
  /** With all the VMs on it. */
  | { readonly action: 'removeHost'; readonly host: string }
  | {
      readonly action: 'maintenance';
      readonly host: string;
      readonly maintenance: boolean;
      /** Nobody is told: this is what the simulator does by itself. */
      readonly silently?: boolean;
    }
  | { readonly action: 'hostConnection'; readonly host: string; readonly connected: boolean };
