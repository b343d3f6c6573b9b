/** All that a bridge's flows are made of. */
export interface Forwarding {
  /** Enabled ports of this agent. */
  readonly ports: readonly ForwardedPort[];
  /** This agent's number of each of its networks. */
  readonly labels: ReadonlyMap<string, number>;
  readonly peers: readonly Peer[];
}

/** What the data plane needs to know of a port. */
export interface ForwardedPort {
  readonly mac: string;
  readonly network: string;
  /** VLAN on which its machine sends; undefined: without a tag. */
  readonly rxVlan: number | undefined;
  /** VLAN on which its machine receives; undefined: without a tag. */
  readonly txVlan: number | undefined;
  /** Epoch milliseconds. A machine that moves has a port here and there for a moment: the newer one counts. */
  readonly sinceMs: number;
}

/** Another agent, as its announcement and our link to it say. */
export interface Peer {
  /** OpenFlow number of the link to it. */
  readonly link: number;
  readonly networks: readonly PeerNetwork[];
}

export interface PeerNetwork {
  readonly network: string;
  /** The peer's number of the network: the VLAN that frames to it carry on the link. */
  readonly label: number;
  /** Its machines: MAC, and since when (epoch milliseconds). */
  readonly macs: ReadonlyMap<string, number>;
}

const VLAN_MAX = 4094;

/** The VLAN of a wire value; -1, 0 and 4095 (also 65535, the real agent's -1) are no VLAN on any wire. */
export function vlanOf(wire: number): number | undefined {
  return wire >= 1 && wire <= VLAN_MAX ? wire : undefined;
}
