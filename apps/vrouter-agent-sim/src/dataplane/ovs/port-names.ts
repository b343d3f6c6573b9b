/** Linux takes no longer name for a network device, and each bridge is one. */
export const BRIDGE_NAME_LENGTH_MAX = 15;

/** The port through which a bridge reaches its host's virtual switch. */
export const trunkPort = (bridge: string): string => `${bridge}-trunk`;

/** The port that the host's virtual switch should have: a patch port whose peer is the trunk. */
export const trunkPeerPort = (bridge: string): string => `${bridge}-host`;

/** The port through which `bridge` reaches another agent's bridge; that one has a port the other way round. */
export const linkPort = (bridge: string, other: string): string => `${bridge}-to-${other}`;
