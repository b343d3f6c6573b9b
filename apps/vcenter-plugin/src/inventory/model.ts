/** What exists in vCenter, as far as ports are concerned. Plain records; a source replaces them, nobody changes them. */
export interface Inventory {
  readonly hosts: readonly Host[];
  /** A host that is not listed is gone; absent where hosts need not be listed. */
  readonly everyHost?: boolean;
  readonly networks: readonly Network[];
  readonly vms: readonly VirtualMachine[];
  /** The VMs that are agents; absent where the source cannot tell. */
  readonly agentVms?: readonly AgentVm[];
}

/** An ESXi host. */
export interface Host {
  readonly name: string;
  /** In maintenance nothing is sent to its agent. */
  readonly maintenance: boolean;
  /** Does vCenter reach it? */
  readonly connected: boolean;
  /** Absent outside clusters, and where the source knows none. */
  readonly cluster?: string;
  readonly datacenter?: string;
}

/** A distributed port group. */
export interface Network {
  /** vCenter's key, such as `dvportgroup-21`; the network id is made from it. */
  readonly key: string;
  readonly name: string;
  /** Absent when the port group has none that an agent could use. */
  readonly vlan: VlanPair | undefined;
  /** Why `vlan` is absent. */
  readonly problem?: string;
  /** Absent where the source does not tell. */
  readonly addresses?: NetworkAddresses;
  /** Why `addresses` is absent though there should be some. */
  readonly addressesProblem?: string;
}

/** Which addresses a network's adapters have. */
export interface NetworkAddresses {
  /** Such as `10.0.1.0/24`. */
  readonly subnet: string;
  readonly gateway?: string;
  /** What may be given to VMs; absent: the whole subnet. */
  readonly pools?: readonly AddressRange[];
  /** Who gives them: the config API, or the guests to themselves. */
  readonly addresses: 'api' | 'guest';
}

/** From `start` to `end`, both included. */
export interface AddressRange {
  readonly start: string;
  readonly end: string;
}

/** A VM sends on the isolated VLAN and receives on the primary one; equal for a plain VLAN. */
export interface VlanPair {
  readonly primary: number;
  readonly isolated: number;
}

export type Power = 'on' | 'off' | 'suspended';

export interface VirtualMachine {
  /** Instance uuid. */
  readonly id: string;
  readonly name: string;
  /** Name of the host it runs on. */
  readonly host: string;
  readonly power: Power;
  /** Tenant, where the source knows it. */
  readonly project?: string;
  /** What others wrote on it: OpenStack its name there. */
  readonly annotation?: string;
  readonly adapters: readonly Adapter[];
}

/** A VM that is a host's agent. It has no ports of its own. */
export interface AgentVm {
  readonly name: string;
  /** Name of the host that it runs on, and serves. */
  readonly host: string;
  readonly power: Power;
  /** On the fabric network; absent while it was never reported. */
  readonly address?: string;
}

/** A virtual network card. */
export interface Adapter {
  /** Device key: two cards of one VM never share it, even on one network. */
  readonly key: string;
  /** Absent until vCenter has assigned one. */
  readonly mac?: string;
  /** `Network.key`. */
  readonly network: string;
  readonly connected: boolean;
  readonly ip?: string;
  readonly ip6?: string;
}

/** An empty inventory is a fact, an unread one is an error: only a complete one may take ports away. */
export type InventoryState =
  | { readonly complete: true; readonly inventory: Inventory }
  | { readonly complete: false; readonly reason: string };

/** Where the inventory comes from. Calls the listener at every change, in order, never again after `stop`. */
export interface InventorySource {
  /** For people: `file inventory.yaml`, `vCenter https://...`. */
  readonly description: string;
  start(listener: (state: InventoryState) => void): void;
  stop(): Promise<void>;
}
